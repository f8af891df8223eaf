import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { sessionStore } from "./session";
import { outboxStore, waitingOf } from "../staff/outbox/outbox";
import { sendHeld } from "../staff/outbox/sender";
import { signal } from "@preact/signals";
import { endedStore, signOut } from "./session_keeper";

/** The number of unsent actions of the account that is signing out; null while the dialog is closed. */
const leavingStore = signal<number | null>(null);

/** Signs out, after a confirmation where actions are unsent. */
export function leave(): void {
  void sendHeld().then(askAndLeave);
}

function askAndLeave(): void {
  const account = endedStore.value ?? sessionStore.value?.account;
  const count = account ? waitingOf(outboxStore.value, account.id).length : 0;
  if (count > 0) leavingStore.value = count;
  else signOut();
}

export function LeavingDialog() {
  const count = leavingStore.value;
  const stay = () => (leavingStore.value = null);
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
