import { register } from "../api/account";
import { Form, useForm } from "../controls/form";
import { PasswordField } from "../controls/password_field";
import { TextField } from "../controls/text_field";
import { deviceMarkOf } from "./device_marks";
import type { Account } from "./session";
import { signInWith } from "./session_keeper";

export const passwordHint = "At least 10 characters. A few words in a row are easy to remember.";

interface RegisterFormProps {
  name?: string;
  email?: string;
  onSignedIn?: (account: Account) => void;
}

/** A customer makes an account and is signed in with it. */
export function RegisterForm({ name = "", email = "", onSignedIn }: RegisterFormProps) {
  const form = useForm({ name, email, password: "" });
  const create = async () => {
    const account = await signInWith(await register(form.values, deviceMarkOf(form.values.email)));
    if (account) onSignedIn?.(account);
  };
  return (
    <Form form={form} rejection="No account was made" submit="Create account" submitting="Creating…" onSubmit={create}>
      <TextField id="register-name" label="Name" autocomplete="name" {...form.field("name")} />
      <TextField id="register-email" label="E-mail" type="email" autocomplete="username" {...form.field("email")} />
      <PasswordField id="register-password" label="Password" autocomplete="new-password" hint={passwordHint} {...form.field("password")} />
    </Form>
  );
}
