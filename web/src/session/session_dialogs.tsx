import { useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { useStore } from "../lib/store";
import { RegisterForm } from "./register_form";
import type { Account } from "./session";
import { expiredAccountStore } from "./session_keeper";
import { SignInForm } from "./sign_in_form";
import { signInRequestStore, type SignInRequest } from "./sign_in_request";
import { UnsentDialog, requestSignOut } from "./sign_out";

/** Renders the dialogs over a page that waits for somebody to sign in. */
export function SessionDialogs() {
  const expired = useStore(expiredAccountStore);
  const request = useStore(signInRequestStore);
  return (
    <>
      {expired ? <ExpiredDialog key={expired.id} account={expired} /> : request && <RequestDialog request={request} />}
      <UnsentDialog />
    </>
  );
}

function ExpiredDialog({ account }: { account: Account }) {
  return (
    <Dialog title="You were signed out">
      <div class="stack">
        <p>Sign in to go on. Everything on this page stays as you left it.</p>
        <SignInForm email={account.email} isFixed />
        <p class="account-else">
          Not {account.name}?{" "}
          <Button kind="plain" onPress={requestSignOut}>
            Leave this page
          </Button>
        </p>
      </div>
    </Dialog>
  );
}

function RequestDialog({ request }: { request: SignInRequest }) {
  const [isNew, setNew] = useState(true);
  const { name, email } = request;
  const onSignedIn = () => request.answer(true);
  return (
    <Dialog title={isNew ? "Create an account to book" : "Sign in to book"} onClose={() => request.answer(false)}>
      <div class="stack">
        <p>What you filled in stays as it is, and your request goes out right after this.</p>
        <div class="choices account-kind" role="group" aria-label="Do you have an account?">
          <Choice label="New here" isChosen={isNew} onChoose={() => setNew(true)} />
          <Choice label="I have an account" isChosen={!isNew} onChoose={() => setNew(false)} />
        </div>
        {isNew ? <RegisterForm {...{ name, email, onSignedIn }} /> : <SignInForm {...{ email, onSignedIn }} />}
      </div>
    </Dialog>
  );
}

function Choice({ label, isChosen, onChoose }: { label: string; isChosen: boolean; onChoose: () => void }) {
  return (
    <label class="choice">
      <input type="radio" name="account-kind" checked={isChosen} onChange={onChoose} />
      <span>{label}</span>
    </label>
  );
}
