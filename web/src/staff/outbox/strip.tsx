import { staffBookingPath } from "../../app/route";
import { Button } from "../../controls/button";
import { Icon } from "../../controls/icon";
import { Notice } from "../../controls/notice";
import { useStore } from "../../lib/store";
import { formatClock } from "../../lib/time";
import { actions } from "./actions";
import { dismissRejected, isOwn, outboxPersistedStore, outboxStore, type Entry } from "./outbox";
import { giveUp, isStuck, sendingStore, failuresStore } from "./sender";
import { TakeBack } from "./take_back";

/** Shows the unsent and the rejected actions; nothing while actions are sent at once. */
export function OutboxStrip() {
  const entries = useStore(outboxStore);
  const { key, is_backlog } = useStore(sendingStore);
  const isPersisted = useStore(outboxPersistedStore);
  const waiting = entries.filter((entry) => entry.rejection === null && isOwn(entry));
  const others = entries.filter((entry) => entry.rejection === null && !isOwn(entry));
  const rejected = entries.filter(({ rejection }) => rejection !== null);
  return (
    <div class="outbox">
      <div role="status">
        {is_backlog && waiting.length > 0 && (
          <Waiting entries={waiting} isSending={key !== null} words={summary(waiting.length, key !== null)} />
        )}
        {others.length > 0 && <Waiting entries={others} isSending={false} words={othersSummary(others)} />}
      </div>
      {!isPersisted && waiting.length > 0 && (
        <Notice kind="bad" title="This browser has no room to keep what waits">
          <p>Do not close or reload this page before everything is sent.</p>
        </Notice>
      )}
      {rejected.map((entry) => (
        <Rejected key={entry.key} entry={entry} />
      ))}
    </div>
  );
}

function summary(count: number, isSending: boolean): string {
  if (isSending) return count === 1 ? "Sending the last action…" : `Sending, ${count} actions to go…`;
  return count === 1 ? "1 action waits for the network" : `${count} actions wait for the network`;
}

function othersSummary(entries: readonly Entry[]): string {
  const names = [...new Set(entries.map(({ actor }) => actor?.name ?? "nobody in particular"))];
  const who = names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
  return `${entries.length === 1 ? "1 action waits" : `${entries.length} actions wait`} for ${who} to sign in`;
}

function Waiting({ entries, isSending, words }: { entries: readonly Entry[]; isSending: boolean; words: string }) {
  return (
    <details class="outbox-waiting">
      <summary>
        {isSending ? <span class="spinner" aria-hidden="true" /> : <Icon name="clock" />}
        <strong>{words}</strong>
        <span class="outbox-more">Show</span>
      </summary>
      <ol>
        {entries.map((entry) => (
          <li key={entry.key}>
            <span>
              <strong>{actions[entry.action].label}</strong>, {entry.customer_name} <span class="code">{entry.booking_id}</span>, since{" "}
              {formatClock(entry.made_at)}
            </span>
            <TakeBack entry={entry} />
            {isStuck(entry) && <Stuck entry={entry} />}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Stuck({ entry }: { entry: Entry }) {
  const words = useStore(failuresStore).get(entry.key)?.words;
  return (
    <>
      <span class="hint">{words} The others go on meanwhile.</span>
      <Button label={`Give up: ${actions[entry.action].label} ${entry.booking_id}`} onPress={() => giveUp(entry)}>
        Give up
      </Button>
    </>
  );
}

function Rejected({ entry }: { entry: Entry }) {
  const { label } = actions[entry.action];
  return (
    <Notice kind="bad" title={`“${label}” did not go through for ${entry.customer_name}`}>
      <p>{entry.rejection}</p>
      <p>
        See{" "}
        <a class="code touch-link" href={staffBookingPath(entry.booking_id)}>
          {entry.booking_id}
        </a>{" "}
        for how it stands now.
      </p>
      <Button label={`Dismiss: ${label} ${entry.booking_id}`} onPress={() => dismissRejected(entry.key)}>
        Dismiss
      </Button>
    </Notice>
  );
}
