import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { createStore, useStore } from "../lib/store";
import { outboxStore, waitingOf } from "../staff/outbox/outbox";
import { flushOutbox } from "../staff/outbox/sender";
import { sessionStore } from "./session";
import { expiredAccountStore, signOut } from "./session_keeper";

/** The number of unsent actions of the account that is signing out; null while the dialog is closed. */
const unsentCountStore = createStore<number | null>(null);

/** Signs out, after a confirmation where actions are unsent. */
export function requestSignOut(): void {
  void flushOutbox().then(confirmOrSignOut);
}

function confirmOrSignOut(): void {
  const account = expiredAccountStore.get() ?? sessionStore.get()?.account;
  const count = account ? waitingOf(outboxStore.get(), account.id).length : 0;
  if (count > 0) unsentCountStore.set(count);
  else signOut();
}

export function UnsentDialog() {
  const count = useStore(unsentCountStore);
  const stay = () => unsentCountStore.set(null);
  if (count === null) return null;
  return (
    <Dialog title={count === 1 ? "1 action has not been sent yet" : `${count} actions have not been sent yet`} onClose={stay}>
      <div class="stack">
        <p>
          {count === 1 ? "It waits" : "They wait"} in this browser until you sign in here again. Nobody else can send{" "}
          {count === 1 ? "it" : "them"}.
        </p>
        <div class="actions">
          <Button onPress={stay}>Stay signed in</Button>
          <Button
            kind="danger"
            onPress={() => {
              stay();
              signOut();
            }}
          >
            Sign out
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
