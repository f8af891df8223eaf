import { useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
import { useStore } from "../lib/store";
import { outboxStore } from "../staff/outbox/outbox";
import { signOut } from "./session_keeper";

export function LeaveDeviceCard({ name }: { name: string }) {
  return (
    <section class="card stack" aria-labelledby="leave-title">
      <h2 id="leave-title">This screen: {name}</h2>
      <p>It is shared. Everybody unlocks it with their own PIN.</p>
      <LeaveDevice />
    </section>
  );
}

/** Makes this an unshared browser again, after a confirmation. */
export function LeaveDevice() {
  const [isAsking, setAsking] = useState(false);
  const unsent = useStore(outboxStore).filter(({ rejection }) => rejection === null).length;
  return (
    <div>
      <Button onPress={() => setAsking(true)}>Stop sharing this screen</Button>
      {isAsking && (
        <Dialog title="Stop sharing this screen?" onClose={() => setAsking(false)}>
          <div class="stack">
            <p>PINs no longer unlock it, until somebody signs in here with a password and sets it up again.</p>
            {unsent > 0 && (
              <p>
                {unsent === 1 ? "1 action has" : `${unsent} actions have`} not been sent yet, and will wait in this browser for whoever took{" "}
                {unsent === 1 ? "it" : "them"}.
              </p>
            )}
            <div class="actions">
              <Button onPress={() => setAsking(false)}>Keep it</Button>
              <Button kind="danger" onPress={signOut}>
                Stop sharing
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </div>
  );
}
