import { useState } from "preact/hooks";
import { changePin } from "../api/account";
import { Button } from "../controls/button";
import { Form, useForm } from "../controls/form";
import { Notice } from "../controls/notice";
import { PasswordField } from "../controls/password_field";
import { InputField } from "../controls/text_field";
import { refreshSession } from "../session/session_keeper";

/** The PIN with which staff unlock a shared screen. */
export function PinCard({ hasPin }: { hasPin: boolean }) {
  const [done, setDone] = useState("");
  const form = useForm({ pin: "", password: "" });
  const change = async (to: string | null) => {
    setDone("");
    await changePin(form.values.password, to);
    form.set({ pin: "", password: "" });
    setDone(to ? "Your PIN is set." : "You have no PIN any more.");
    await refreshSession();
  };
  const remove = hasPin && (
    <Button kind="danger" onPress={() => void form.run(() => change(null))}>
      Remove PIN
    </Button>
  );
  return (
    <section class="card stack" aria-labelledby="pin-title">
      <h2 id="pin-title">PIN for shared screens</h2>
      <p>{hasPin ? "You have a PIN. A new one takes its place." : "With a PIN you unlock a screen that several people share."}</p>
      <Form
        form={form}
        rejection="The PIN stays as it was"
        submit={hasPin ? "Change PIN" : "Set PIN"}
        submitting="One moment…"
        others={remove}
        onSubmit={() => change(form.values.pin)}
      >
        <InputField
          id="pin"
          label="New PIN"
          hint="Six digits; no run such as 123456."
          class="pin-input"
          type="password"
          inputMode="numeric"
          autocomplete="off"
          maxLength={6}
          {...form.field("pin")}
        />
        <PasswordField id="pin-password" label="Your password" autocomplete="current-password" {...form.field("password")} />
        {done && <Notice kind="good">{done}</Notice>}
      </Form>
    </section>
  );
}
