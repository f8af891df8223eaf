import { Button } from "../../controls/button";
import { useStore } from "../../lib/store";
import { actions } from "./actions";
import { outboxStore, takeBack, waitingFor, type Entry } from "./outbox";

/** Takes back an action that the server cannot know of yet; the last one of a booking comes first. */
export function TakeBack({ entry }: { entry: Entry }) {
  const waiting = waitingFor(useStore(outboxStore), entry.booking_id);
  if (entry.tried_at !== null || waiting[waiting.length - 1]?.key !== entry.key) return null;
  return (
    <Button label={`Take back: ${actions[entry.action].label} ${entry.booking_id}`} onPress={() => takeBack(entry.key)}>
      Take back
    </Button>
  );
}
