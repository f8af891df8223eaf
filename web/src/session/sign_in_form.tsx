import { useState } from "preact/hooks";
import { logIn } from "../api/account";
import { ApiError } from "../api/error";
import { PasswordField } from "../controls/password_field";
import { TextField } from "../controls/text_field";
import type { Account } from "./session";
import { AccountForm } from "../controls/account_form";
import { deviceMarkOf } from "./device_marks";
import { useSending } from "../controls/sending";
import { signInWith } from "./session_keeper";

const fields = ["email", "password"];

interface SignInFormProps {
  /** Filled in already; where it is `isFixed`, nobody else can sign in here. */
  email?: string;
  isFixed?: boolean;
  onSignedIn?: (account: Account) => void;
}

export function SignInForm({ email: known = "", isFixed = false, onSignedIn }: SignInFormProps) {
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const sending = useSending();
  const signIn = async () => {
    const missing = [...(email.trim() ? [] : ["email is required"]), ...(password ? [] : ["password is required"])];
    if (missing.length > 0) throw new ApiError("validation_error", "Fill in both fields.", 400, missing);
    const account = await signInWith(await logIn(email.trim(), password, deviceMarkOf(email)));
    if (account) onSignedIn?.(account);
  };
  return (
    <AccountForm sending={sending} fields={fields} rejection="Not signed in" submit="Sign in" submitting="Signing in…" onSubmit={signIn}>
      <TextField
        id="sign-in-email"
        label="E-mail"
        type="email"
        autocomplete="username"
        isReadOnly={isFixed}
        value={email}
        errors={sending.errorsOf("email")}
        onInput={setEmail}
      />
      <PasswordField
        id="sign-in-password"
        label="Password"
        autocomplete="current-password"
        value={password}
        errors={sending.errorsOf("password")}
        onInput={setPassword}
      />
    </AccountForm>
  );
}
