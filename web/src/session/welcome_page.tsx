import { applyLink } from "../api/account";
import { linkStore, navigate, roleHome } from "../app/route";
import { Form, useForm } from "../controls/form";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { PasswordField } from "../controls/password_field";
import { TextField } from "../controls/text_field";
import { useStore } from "../lib/store";
import { passwordHint } from "./register_form";
import { sessionStore } from "./session";
import { signInWith } from "./session_keeper";

/** The page of a one-time link, where its bearer sets a password or becomes the first administrator. */
export function WelcomePage() {
  const link = useStore(linkStore);
  const isFirst = useStore(sessionStore)?.needs_administrator ?? false;
  return (
    <Page
      title={isFirst ? "Welcome to HSS" : "Set your password"}
      lead={isFirst ? "You are the first administrator. From here you invite everybody else." : "You sign in with it from now on."}
    >
      {link ? (
        <div class="account-card card">
          <LinkForm key={link} link={link} isFirst={isFirst} />
        </div>
      ) : (
        <Notice kind="info" title="Please open your link again">
          <p>This page needs the whole link that you were given. It works once, for 15 minutes.</p>
        </Notice>
      )}
    </Page>
  );
}

function LinkForm({ link, isFirst }: { link: string; isFirst: boolean }) {
  const form = useForm({ name: "", email: "", password: "" });
  const begin = async () => {
    const { name, email, password } = form.values;
    const body = { link_token: link, password, ...(isFirst ? { name, email } : {}) };
    const account = await signInWith(await applyLink(body));
    linkStore.set(null);
    if (account) navigate(roleHome[account.role]);
  };
  return (
    <Form
      form={form}
      rejection="The password was not set"
      submit={isFirst ? "Begin" : "Set password and sign in"}
      submitting="One moment…"
      onSubmit={begin}
    >
      {isFirst && (
        <>
          <TextField id="welcome-name" label="Name" autocomplete="name" {...form.field("name")} />
          <TextField id="welcome-email" label="E-mail" type="email" autocomplete="username" {...form.field("email")} />
        </>
      )}
      <PasswordField
        id="welcome-password"
        label="New password"
        autocomplete="new-password"
        hint={passwordHint}
        {...form.field("password")}
      />
    </Form>
  );
}
