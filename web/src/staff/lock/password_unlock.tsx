import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { AccountForm } from "../../controls/account_form";
import { useSending } from "../../controls/sending";
import { unlockWith } from "../../session/session_keeper";
import { unlockDevice, type DevicePerson } from "../../api/account";
import { Button } from "../../controls/button";
import { PasswordField } from "../../controls/password_field";

const fields = ["password"];

interface PasswordUnlockProps {
  person: DevicePerson;
  onPin: () => void;
  onBack: () => void;
}

/** Unlocks a shared screen without a PIN, which may be forgotten or locked. */
export function PasswordUnlock({ person, onPin, onBack }: PasswordUnlockProps) {
  const [password, setPassword] = useState("");
  const sending = useSending();
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => heading.current?.focus(), []);
  return (
    <section class="pin-pad" aria-labelledby="password-title">
      <h2 id="password-title" ref={heading} tabIndex={-1}>
        {person.name}
      </h2>
      <div class="card password-unlock">
        <AccountForm
          sending={sending}
          fields={fields}
          rejection="The screen stays locked"
          submit="Unlock"
          submitting="Unlocking…"
          others={<Button onPress={onPin}>Use your PIN</Button>}
          onSubmit={async () => unlockWith(await unlockDevice(person.account_id, { password }))}
        >
          <PasswordField
            id="unlock-password"
            label="Your password"
            autocomplete="off"
            value={password}
            errors={sending.errorsOf("password")}
            onInput={setPassword}
          />
        </AccountForm>
      </div>
      <Button onPress={onBack}>Somebody else</Button>
    </section>
  );
}
