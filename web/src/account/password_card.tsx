import { useState } from "preact/hooks";
import { changePassword } from "../api/account";
import { Notice } from "../controls/notice";
import { PasswordField } from "../controls/password_field";
import { AccountForm } from "../controls/account_form";
import { passwordHint } from "../session/register_form";
import { useSending } from "../controls/sending";
import { signInWith } from "../session/session_keeper";

// The rules of a password are told under its plain name.
const fields = ["current_password", "new_password", "password"];

export function PasswordCard() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [isDone, setDone] = useState(false);
  const sending = useSending();
  const change = async () => {
    setDone(false);
    await signInWith(await changePassword(current, next));
    setCurrent("");
    setNext("");
    setDone(true);
  };
  return (
    <section class="card stack" aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <AccountForm
        sending={sending}
        fields={fields}
        rejection="Not changed"
        submit="Change password"
        submitting="Changing…"
        onSubmit={change}
      >
        <PasswordField
          id="current-password"
          label="Current password"
          autocomplete="current-password"
          value={current}
          errors={sending.errorsOf("current_password")}
          onInput={setCurrent}
        />
        <PasswordField
          id="new-password"
          label="New password"
          autocomplete="new-password"
          hint={passwordHint}
          value={next}
          errors={[...sending.errorsOf("new_password"), ...sending.errorsOf("password")]}
          onInput={setNext}
        />
        {isDone && <Notice kind="good">Your password is changed. Everywhere else you were signed out.</Notice>}
      </AccountForm>
    </section>
  );
}
