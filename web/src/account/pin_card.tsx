import { useState } from "preact/hooks";
import { changePin } from "../api/account";
import { Button } from "../controls/button";
import { Field } from "../controls/field";
import { Notice } from "../controls/notice";
import { PasswordField } from "../controls/password_field";
import { AccountForm } from "../controls/account_form";
import { useSending } from "../controls/sending";
import { refreshSession } from "../session/session_keeper";

const fields = ["pin", "password"];

/** The PIN with which staff unlock a shared screen. */
export function PinCard({ hasPin }: { hasPin: boolean }) {
  const [pin, setPin] = useState("");
  const [password, setPassword] = useState("");
  const [done, setDone] = useState("");
  const sending = useSending();
  const change = async (to: string | null) => {
    setDone("");
    await changePin(password, to);
    setPin("");
    setPassword("");
    setDone(to ? "Your PIN is set." : "You have no PIN any more.");
    await refreshSession();
  };
  const remove = hasPin && (
    <Button kind="danger" onPress={() => void sending.run(() => change(null))}>
      Remove PIN
    </Button>
  );
  return (
    <section class="card stack" aria-labelledby="pin-title">
      <h2 id="pin-title">PIN for shared screens</h2>
      <p>{hasPin ? "You have a PIN. A new one takes its place." : "With a PIN you unlock a screen that several people share."}</p>
      <AccountForm
        sending={sending}
        fields={fields}
        rejection="The PIN stays as it was"
        submit={hasPin ? "Change PIN" : "Set PIN"}
        submitting="One moment…"
        others={remove}
        onSubmit={() => change(pin)}
      >
        <Field id="pin" label="New PIN" hint="Six digits; no run such as 123456." errors={sending.errorsOf("pin")}>
          {(control) => (
            <input
              {...control}
              class="pin-input"
              type="password"
              inputMode="numeric"
              autocomplete="off"
              maxLength={6}
              value={pin}
              onInput={({ currentTarget }) => setPin(currentTarget.value)}
            />
          )}
        </Field>
        <PasswordField
          id="pin-password"
          label="Your password"
          autocomplete="current-password"
          value={password}
          errors={sending.errorsOf("password")}
          onInput={setPassword}
        />
        {done && <Notice kind="good">{done}</Notice>}
      </AccountForm>
    </section>
  );
}
