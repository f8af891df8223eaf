import { Notice } from "../../controls/notice";
import { useStore } from "../../lib/store";
import { isOwn, outboxStore } from "./outbox";

/** Shows on customers' pages that staff actions are unsent. */
export function WaitingNotice() {
  const count = useStore(outboxStore).filter((entry) => entry.rejection === null && isOwn(entry)).length;
  if (count === 0) return null;
  return (
    <Notice kind="info" title={count === 1 ? "1 staff action waits on this device" : `${count} staff actions wait on this device`}>
      <p>
        Nothing is lost: it goes out once <a href="/staff">the board</a> is open again.
      </p>
    </Notice>
  );
}
