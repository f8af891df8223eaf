import { verifyAudit, type AuditVerification } from "../../api/audit";
import { Button } from "../../controls/button";
import { ErrorNotice, Notice } from "../../controls/notice";
import { counted } from "../../lib/count";
import { formatMoment } from "../../lib/time";
import { useQuery } from "../../live/query";

/** Shows whether the audit trail is intact. Reading all of it takes time, so it runs once and at the button. */
export function AuditChain() {
  const check = useQuery(verifyAudit, []);
  return (
    <section class="card stack" aria-labelledby="chain-title">
      <div class="card-head">
        <h2 id="chain-title">Audit chain</h2>
        <Button busy={check.loading} onPress={() => void check.refresh()}>
          Check again
        </Button>
      </div>
      {check.error ? (
        <ErrorNotice title="The chain could not be checked" error={check.error} />
      ) : check.data ? (
        <ChainReport report={check.data} />
      ) : (
        <Notice kind="info" title="Checking the audit trail…">
          <p>Every event is read, from the first to the last.</p>
        </Notice>
      )}
      <p class="hint">Every event carries a fingerprint of the one before it, so that a change made outside this program shows.</p>
    </section>
  );
}

function ChainReport({ report }: { report: AuditVerification }) {
  const time = formatMoment(report.checked_at);
  if (report.intact) {
    return (
      <Notice kind="good" title="The audit trail is intact">
        <p>
          {counted(report.events, "event")} checked, {time}.
        </p>
      </Notice>
    );
  }
  return (
    <Notice kind="bad" title="The audit trail is not intact">
      <p>
        {report.fault}. Checked {time}.
      </p>
      <p>Somebody or something changed the database outside this program. What to do now:</p>
      <ol class="advice">
        <li>Keep the database file as it is: copy it to a safe place before anything else.</li>
        <li>
          Run <code>hss audit verify</code> on the server, and on your backups, to see which of them still holds.
        </li>
        <li>Restore the latest backup that holds, and compare it with the copy.</li>
      </ol>
    </Notice>
  );
}
