import { fetchOverview, type Overview } from "../api/overview";
import { Freshness } from "../controls/freshness";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { pollEveryMs, useLoaded } from "../loaded";
import { formatRand } from "../money";
import { Page } from "../shell/page";
import { StatusBreakdown } from "./status_breakdown";

export function OverviewPage() {
  const overview = useLoaded(fetchOverview, [], pollEveryMs);
  return (
    <Page title="Overview" lead={<Freshness loaded={overview} />}>
      {overview.data ? (
        <>
          <Totals overview={overview.data} />
          <StatusBreakdown counts={overview.data.status_breakdown} />
        </>
      ) : overview.error ? (
        <ErrorNotice title="The overview could not be loaded" error={overview.error} onRetry={() => void overview.refresh()} />
      ) : (
        <Loading label="Loading the overview" lines={5} />
      )}
    </Page>
  );
}

function Totals({ overview }: { overview: Overview }) {
  const totals = [
    { label: "Bookings", value: String(overview.total_bookings), note: "since the start" },
    { label: "Value of all bookings", value: formatRand(overview.gross_value), note: "paid or not" },
    { label: "Paid revenue", value: formatRand(overview.paid_revenue), note: "payments captured" },
  ];
  return (
    <dl class="totals">
      {totals.map(({ label, value, note }) => (
        <div key={label} class="card">
          <dt>{label}</dt>
          <dd>
            <strong>{value}</strong>
            <span class="hint">{note}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
