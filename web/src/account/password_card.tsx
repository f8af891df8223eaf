import { useState } from "preact/hooks";
import { changePassword } from "../api/account";
import { Form, useForm } from "../controls/form";
import { Notice } from "../controls/notice";
import { PasswordField } from "../controls/password_field";
import { passwordHint } from "../session/register_form";
import { signInWith } from "../session/session_keeper";

export function PasswordCard() {
  const [isDone, setDone] = useState(false);
  // The API names the rules of a new password by its plain name.
  const form = useForm({ current_password: "", new_password: "" }, { new_password: "password" });
  const { current_password, new_password } = form.values;
  const change = async () => {
    setDone(false);
    await signInWith(await changePassword(current_password, new_password));
    form.set({ current_password: "", new_password: "" });
    setDone(true);
  };
  return (
    <section class="card stack" aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <Form form={form} rejection="Not changed" submit="Change password" submitting="Changing…" onSubmit={change}>
        <PasswordField id="current-password" label="Current password" autocomplete="current-password" {...form.field("current_password")} />
        <PasswordField
          id="new-password"
          label="New password"
          autocomplete="new-password"
          hint={passwordHint}
          {...form.field("new_password")}
        />
        {isDone && <Notice kind="good">Your password is changed. Everywhere else you were signed out.</Notice>}
      </Form>
    </section>
  );
}
