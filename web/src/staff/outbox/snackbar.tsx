import { useEffect, useState } from "preact/hooks";
import { Button } from "../../controls/button";
import { useStore } from "../../lib/store";
import { actions } from "./actions";
import { optimisticUpdatesStore } from "./optimistic_updates";
import { act } from "./outbox";

const shownMs = 8_000;

/** Shows for some seconds the action that the server has just done; an approval can be undone at once. */
export function Snackbar() {
  const updates = useStore(optimisticUpdatesStore);
  const last = updates[updates.length - 1];
  const [hidden, setHidden] = useState(0);
  useEffect(() => {
    if (!last) return;
    const timer = setTimeout(() => setHidden(last.count), Math.max(0, last.at + shownMs - Date.now()));
    return () => clearTimeout(timer);
  }, [last]);
  const isShown = last !== undefined && last.count !== hidden && Date.now() < last.at + shownMs;
  const undo = () => {
    if (!last) return;
    setHidden(last.count);
    act({ id: last.entry.booking_id, customer_name: last.entry.customer_name, status: "approved" }, "undo");
  };
  return (
    <div class="snackbar-place" role="status">
      {isShown && (
        <div class="snackbar">
          <span>
            {actions[last.entry.action].done}: {last.entry.customer_name}
          </span>
          {last.entry.action === "approve" && (
            <Button label={`Undo approval of ${last.entry.booking_id}`} onPress={undo}>
              Undo
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
