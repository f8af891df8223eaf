import { useState } from "preact/hooks";
import { register } from "../api/account";
import { PasswordField } from "../controls/password_field";
import { TextField } from "../controls/text_field";
import type { Account } from "./session";
import { AccountForm } from "../controls/account_form";
import { deviceMarkOf } from "./device_marks";
import { useSending } from "../controls/sending";
import { signInWith } from "./session_keeper";

const fields = ["name", "email", "password"];
export const passwordHint = "At least 10 characters. A few words in a row are easy to remember.";

interface RegisterFormProps {
  name?: string;
  email?: string;
  onSignedIn?: (account: Account) => void;
}

/** A customer makes an account and is signed in with it. */
export function RegisterForm({ name: knownName = "", email: knownEmail = "", onSignedIn }: RegisterFormProps) {
  const [name, setName] = useState(knownName);
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState("");
  const sending = useSending();
  const create = async () => {
    const account = await signInWith(await register({ name, email, password }, deviceMarkOf(email)));
    if (account) onSignedIn?.(account);
  };
  return (
    <AccountForm
      sending={sending}
      fields={fields}
      rejection="No account was made"
      submit="Create account"
      submitting="Creating…"
      onSubmit={create}
    >
      <TextField id="register-name" label="Name" autocomplete="name" value={name} errors={sending.errorsOf("name")} onInput={setName} />
      <TextField
        id="register-email"
        label="E-mail"
        type="email"
        autocomplete="username"
        value={email}
        errors={sending.errorsOf("email")}
        onInput={setEmail}
      />
      <PasswordField
        id="register-password"
        label="Password"
        autocomplete="new-password"
        hint={passwordHint}
        value={password}
        errors={sending.errorsOf("password")}
        onInput={setPassword}
      />
    </AccountForm>
  );
}
