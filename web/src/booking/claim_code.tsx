import { makeClaimCode, type Booking, type ClaimCode } from "../api/booking";
import { Button } from "../controls/button";
import { ErrorNotice } from "../controls/notice";
import { useSending } from "../controls/sending";
import { createStore, useStore } from "../lib/store";
import { formatDay, sastIso } from "../lib/time";
import { hasAccounts, onSignOut, roleStore } from "../session/session";

// In this page's memory alone: the server has no code to tell again.
const codesStore = createStore<Readonly<Record<string, ClaimCode>>>({});

onSignOut(() => codesStore.set({}));

/** In groups, as people read it. */
const inGroups = (code: string) => `${code.slice(0, 5)} ${code.slice(5)}`;

/** For staff, where the booking is in no account: makes the code by which its customer takes it into theirs. */
export function ClaimCodeCard({ booking, class: classes = "card" }: { booking: Booking; class?: string }) {
  const role = useStore(roleStore);
  const made = useStore(codesStore)[booking.id];
  const sending = useSending();
  // A booking that an earlier version of this page stored does not say it.
  if (!hasAccounts() || role === "customer" || booking.has_account !== false) return null;
  const make = () =>
    sending.run(async () => {
      const code = await makeClaimCode(booking.id);
      codesStore.set({ ...codesStore.get(), [booking.id]: code });
    });
  return (
    <section class={made ? classes : `${classes} screen-only`} aria-labelledby="claim-title">
      <h2 id="claim-title">For the customer’s own account</h2>
      {made ? (
        <div role="status">
          <p>
            Sign in, open <strong>My bookings</strong>, and enter the reference <span class="code">{booking.id}</span> and this code, until{" "}
            {formatDay(sastIso(made.expires_at).slice(0, 10))}:
          </p>
          <p class="code claim-code">{inGroups(made.code)}</p>
        </div>
      ) : (
        <p class="hint">This booking is in no account. With a code, its customer can see it in theirs.</p>
      )}
      {sending.error && <ErrorNotice title="No code was made" error={sending.error} />}
      <p class="actions screen-only">
        <Button busy={sending.isBusy} onPress={() => void make()}>
          {made ? "Make another code" : "Make a claim code"}
        </Button>
        {made && <span class="hint">Another one takes the place of this one.</span>}
      </p>
    </section>
  );
}
