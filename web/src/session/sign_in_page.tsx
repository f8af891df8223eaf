import { locationStore, navigate, nextLocation, roleHome } from "../app/route";
import { Notice } from "../controls/notice";
import { Page } from "../controls/page";
import { useStore } from "../lib/store";
import { RegisterForm } from "./register_form";
import { sessionStore, type Account } from "./session";
import { SignInForm } from "./sign_in_form";

/** Navigates to the page that asked for the sign-in, or to the first page of the role. */
function useSignedInRedirect(): (account: Account) => void {
  const location = useStore(locationStore);
  return ({ role }) => navigate(nextLocation(location) ?? roleHome[role]);
}

function searchOf(location: string): string {
  const next = nextLocation(location);
  return next ? `?next=${encodeURIComponent(next)}` : "";
}

export function SignInPage() {
  const redirectSignedIn = useSignedInRedirect();
  return <SignIn onSignedIn={redirectSignedIn} registerPath={`/register${searchOf(useStore(locationStore))}`} />;
}

/** Replaces a page that needs an account, until somebody has signed in. */
export function SignInFirst() {
  const location = useStore(locationStore);
  return <SignIn lead="This page is for people with an account." registerPath={`/register?next=${encodeURIComponent(location)}`} />;
}

interface SignInProps {
  lead?: string;
  registerPath: string;
  onSignedIn?: (account: Account) => void;
}

function SignIn({ lead, registerPath, onSignedIn }: SignInProps) {
  const needsAdministrator = useStore(sessionStore)?.needs_administrator;
  return (
    <Page title="Sign in" lead={lead}>
      <div class="account-card card stack">
        {needsAdministrator && (
          <Notice kind="info" title="There is no administrator yet">
            <p>The link with which the first one begins stands where HSS was started, below its address.</p>
          </Notice>
        )}
        <SignInForm {...(onSignedIn ? { onSignedIn } : {})} />
        <p class="account-else">
          New here? <a href={registerPath}>Create an account</a>
        </p>
        <p class="hint">Forgotten your password? Ask us: an administrator can give you a link to set a new one.</p>
      </div>
    </Page>
  );
}

export function RegisterPage() {
  const redirectSignedIn = useSignedInRedirect();
  const search = searchOf(useStore(locationStore));
  return (
    <Page title="Create an account" lead="With an account you book, pay and see how your bookings stand.">
      <div class="account-card card stack">
        <RegisterForm onSignedIn={redirectSignedIn} />
        <p class="account-else">
          Have an account already? <a href={`/sign-in${search}`}>Sign in</a>
        </p>
      </div>
    </Page>
  );
}
