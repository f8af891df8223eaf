import { useLayoutEffect, useRef } from "preact/hooks";
import { unlockDevice, type DevicePerson } from "../../api/account";
import { Button } from "../../controls/button";
import { Form, useForm } from "../../controls/form";
import { PasswordField } from "../../controls/password_field";
import { unlockWith } from "../../session/session_keeper";

interface PasswordUnlockProps {
  person: DevicePerson;
  onPin: () => void;
  onBack: () => void;
}

/** Unlocks a shared screen without a PIN, which may be forgotten or locked. */
export function PasswordUnlock({ person, onPin, onBack }: PasswordUnlockProps) {
  const form = useForm({ password: "" });
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <section class="pin-pad" aria-labelledby="password-title">
      <h2 id="password-title" ref={heading} tabIndex={-1}>
        {person.name}
      </h2>
      <div class="card password-unlock">
        <Form
          form={form}
          rejection="The screen stays locked"
          submit="Unlock"
          submitting="Unlocking…"
          others={<Button onPress={onPin}>Use your PIN</Button>}
          onSubmit={async () => unlockWith(await unlockDevice(person.account_id, form.values))}
        >
          <PasswordField id="unlock-password" label="Your password" autocomplete="off" {...form.field("password")} />
        </Form>
      </div>
      <Button onPress={onBack}>Somebody else</Button>
    </section>
  );
}
