import { logIn } from "../api/account";
import { ApiError } from "../api/error";
import { Form, useForm } from "../controls/form";
import { PasswordField } from "../controls/password_field";
import { TextField } from "../controls/text_field";
import { deviceMarkOf } from "./device_marks";
import type { Account } from "./session";
import { signInWith } from "./session_keeper";

interface SignInFormProps {
  /** Filled in already; where it is `isFixed`, nobody else can sign in here. */
  email?: string;
  isFixed?: boolean;
  onSignedIn?: (account: Account) => void;
}

export function SignInForm({ email: known = "", isFixed = false, onSignedIn }: SignInFormProps) {
  const form = useForm({ email: known, password: "" });
  const signIn = async () => {
    const { email, password } = form.values;
    const missing = [...(email.trim() ? [] : ["email is required"]), ...(password ? [] : ["password is required"])];
    if (missing.length > 0) throw new ApiError("validation_error", "Fill in both fields.", 400, missing);
    const account = await signInWith(await logIn(email.trim(), password, deviceMarkOf(email)));
    if (account) onSignedIn?.(account);
  };
  return (
    <Form form={form} rejection="Not signed in" submit="Sign in" submitting="Signing in…" onSubmit={signIn}>
      <TextField id="sign-in-email" label="E-mail" type="email" autocomplete="username" readOnly={isFixed} {...form.field("email")} />
      <PasswordField id="sign-in-password" label="Password" autocomplete="current-password" {...form.field("password")} />
    </Form>
  );
}
