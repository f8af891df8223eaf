import { fetchOverview, fetchStatistics } from "../../api/overview";
import { locationQuery, locationStore, replaceQuery } from "../../app/route";
import { Freshness } from "../../controls/freshness";
import { Empty } from "../../controls/list/empty";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { useStore } from "../../lib/store";
import { useQuery } from "../../live/query";
import { LoadFailure } from "../load_failure";
import { BackupLine } from "./backup_line";
import { Headline } from "./headline";
import { DurationChart, ItemChart, StateChart } from "./mix_charts";
import { SetUp } from "./set_up";
import { WeekCharts } from "./week_charts";

const periods = [12, 26, 52] as const;

async function fetchBusiness(weeks: number, signal: AbortSignal) {
  const [overview, statistics] = await Promise.all([fetchOverview(signal), fetchStatistics(weeks, signal)]);
  return { overview, statistics };
}

export function OverviewPage() {
  const asked = locationQuery(useStore(locationStore)).get("weeks");
  const weeks = periods.find((one) => String(one) === asked) ?? periods[0];
  const business = useQuery((signal) => fetchBusiness(weeks, signal), [weeks], "living");
  const { data, error } = business;
  return (
    <Page title="Overview" lead={<Freshness query={business} />}>
      {!data && error && <LoadFailure title="The overview could not be loaded" error={error} onRetry={business.refresh} />}
      {!data && !error && <Loading label="Loading the overview" lines={5} />}
      <SetUp />
      {data && <Headline overview={data.overview} />}
      {data?.overview.backup && <BackupLine backup={data.overview.backup} />}
      {data?.overview.total_bookings === 0 && (
        <Empty title="No bookings yet">
          <p class="hint">The charts begin with the first booking, and appear here by themselves.</p>
        </Empty>
      )}
      {data && data.overview.total_bookings > 0 && (
        <>
          <PeriodChoice weeks={weeks} />
          <div class="charts">
            <WeekCharts weeks={data.statistics.weeks} />
            <StateChart counts={data.overview.status_breakdown} />
            <ItemChart items={data.statistics.items} />
            <DurationChart durations={data.statistics.durations} />
          </div>
        </>
      )}
      {(data || error) && (
        <p class="screen-only">
          <a href="/admin/sheet">Print our address</a>, for a telephone or a shared screen in this network.
        </p>
      )}
    </Page>
  );
}

function PeriodChoice({ weeks }: { weeks: number }) {
  return (
    <fieldset class="period">
      <legend>Weeks shown</legend>
      <div class="choices">
        {periods.map((one) => (
          <label key={one} class="choice">
            <input
              type="radio"
              name="weeks"
              checked={one === weeks}
              onChange={() => replaceQuery({ weeks: one === periods[0] ? "" : String(one) })}
            />
            <span>{one} weeks</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
