import { useState } from "preact/hooks";
import { Button } from "../controls/button";
import { Dialog } from "../controls/dialog";
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

/** Gives this shared screen up, after asking once. */
export function LeaveDevice() {
  const [isAsking, setAsking] = useState(false);
  return (
    <div>
      <Button onPress={() => setAsking(true)}>Stop sharing this screen</Button>
      {isAsking && (
        <Dialog title="Stop sharing this screen?" onClose={() => setAsking(false)}>
          <div class="stack">
            <p>PINs no longer unlock it, until somebody signs in here with a password and sets it up again.</p>
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
