import { Button } from "../../controls/button";
import { actions } from "./actions";
import { outboxStore, takeBack, waitingFor, type Entry } from "./outbox";

/** Offered for what the server cannot know of yet, the last action of a booking first. */
export function TakeBack({ entry }: { entry: Entry }) {
  const waiting = waitingFor(outboxStore.value, entry.booking_id);
  if (entry.tried_at !== null || waiting[waiting.length - 1]?.key !== entry.key) return null;
  return (
    <Button label={`Take back: ${actions[entry.action].label} ${entry.booking_id}`} onPress={() => takeBack(entry.key)}>
      Take back
    </Button>
  );
}
