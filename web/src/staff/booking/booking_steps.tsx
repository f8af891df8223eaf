import type { Booking, Status } from "../../api/booking";
import { Button } from "../../controls/button";
import { Icon } from "../../controls/icon";
import { useStore } from "../../lib/store";
import { formatClock } from "../../lib/time";
import { actions, nextAction, type Action } from "../outbox/actions";
import { expectedStatus, remainingDelayMs, isOwn, outboxStore, takeBack, waitingFor, type Entry } from "../outbox/outbox";
import { sendingStore } from "../outbox/sender";
import { TakeBack } from "../outbox/take_back";
import { ActionButton } from "./action_button";

interface BookingStepsProps {
  booking: Booking;
  /** The actions that are offered here; all where it is not given. */
  offered?: readonly Action[];
}

/** Offers the next action on a booking, or shows the actions that still wait for the server. */
export function BookingSteps({ booking, offered }: BookingStepsProps) {
  const nextOffered = (status: Status) => {
    const next = nextAction(status);
    return next && (offered?.includes(next) ?? true) ? next : null;
  };
  const waiting = waitingFor(useStore(outboxStore), booking.id);
  const { is_backlog } = useStore(sendingStore);
  const [first] = waiting;
  const isWaiting = is_backlog || waiting.some((entry) => !isOwn(entry));
  const isSending = first !== undefined && !isWaiting;
  const action = isSending ? first.action : nextOffered(booking.status);
  if (first && isWaiting) {
    return <WaitingSteps booking={booking} waiting={waiting} then={nextOffered(expectedStatus(booking.status, waiting))} />;
  }
  const last = waiting[waiting.length - 1];
  if (last && remainingDelayMs(last) > 0) return <UndoableStep entry={last} />;
  if (action) return <ActionButton key={action} booking={booking} action={action} busy={isSending} />;
  if (booking.status === "approved") return <ActionButton key="undo" booking={booking} action="undo" kind="plain" />;
  return null;
}

/** Shows the last action while it can be undone before it is sent. */
function UndoableStep({ entry }: { entry: Entry }) {
  const { done } = actions[entry.action];
  return (
    <div class="waiting held">
      <p role="status">
        <Icon name="check" />
        <strong>{done}</strong>
      </p>
      <Button label={`Undo the last step of ${entry.booking_id}`} onPress={() => takeBack(entry.key)}>
        Undo
      </Button>
    </div>
  );
}

function waitingWords(entry: Entry, sending: string | null): string {
  if (entry.key === sending) return "Sending";
  if (!isOwn(entry)) return `Waits for ${entry.actor?.name ?? "somebody else"} to sign in`;
  return entry.tried_at !== null ? "Sent, but no answer yet" : "Waiting to be sent";
}

interface WaitingStepsProps {
  booking: Booking;
  waiting: readonly Entry[];
  then: Action | null;
}

function WaitingSteps({ booking, waiting, then }: WaitingStepsProps) {
  const { key } = useStore(sendingStore);
  return (
    <div class="waiting">
      {waiting.map((entry) => (
        <p key={entry.key}>
          <Icon name="clock" />
          <span>
            {waitingWords(entry, key)}: <strong>{actions[entry.action].label}</strong>, since {formatClock(entry.made_at)}
          </span>
        </p>
      ))}
      {waiting.map((entry) => (
        <TakeBack key={entry.key} entry={entry} />
      ))}
      {then && <ActionButton key={then} booking={booking} action={then} kind="plain" lead="Then: " />}
    </div>
  );
}
