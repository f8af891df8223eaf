import { locationQuery, locationStore } from "../../app/route";
import type { StaffDay } from "../../api/day";
import { Loading } from "../../controls/loading";
import { ErrorNotice, Notice } from "../../controls/notice";
import { counted } from "../../lib/count";
import { useStore } from "../../lib/store";
import { formatDay, today, tomorrow } from "../../lib/time";
import { useFocusRestoration } from "../focus_restoration";
import { StaffFreshness } from "../staff_freshness";
import { StaffPage } from "../staff_page";
import { useDay } from "./day";
import { DayChoice } from "./day_choice";
import { DayWindowStops } from "./day_window";
import { OverdueList } from "./overdue_list";
import { RunSheet } from "./run_sheet";
import { totalsInWords } from "./stops";

function nameOf(date: string): string {
  if (date === today()) return "Today";
  return date === tomorrow() ? "Tomorrow" : formatDay(date);
}

/** What staff have to do today, or on the date of the address. */
export function DayPage() {
  const date = locationQuery(useStore(locationStore)).get("date") || null;
  const { day, error, refresh, ...freshness } = useDay(date);
  const shown = day?.date ?? date ?? today();
  return (
    <StaffPage title={nameOf(shown)} lead={<StaffFreshness {...freshness} error={error} />}>
      <DayChoice date={shown} />
      {day ? (
        <>
          <DayStops day={day} />
          <RunSheet day={day} />
        </>
      ) : error ? (
        <ErrorNotice title="The day could not be loaded" error={error} onRetry={refresh} />
      ) : (
        <Loading label="Loading the day" lines={6} />
      )}
    </StaffPage>
  );
}

function DayStops({ day }: { day: StaffDay }) {
  const focus = useFocusRestoration();
  const { closed, windows, totals, is_complete } = day;
  return (
    <div class="day screen-only" {...focus}>
      <p class="day-totals">
        <strong>{formatDay(day.date)}</strong>
        <span>
          {counted(totals.stops, "stop")}, {totals.done} done
        </span>
        {totals.stops > 0 && <span>{totalsInWords(totals)}</span>}
      </p>
      {closed && (
        <Notice kind="info" title={`Closed: ${closed}`}>
          {totals.stops > 0 && <p>These stops were booked all the same.</p>}
        </Notice>
      )}
      {!is_complete && (
        <Notice kind="bad" title={`Only the first ${totals.stops} stops are here`}>
          <p>The others are on the board.</p>
        </Notice>
      )}
      {windows.map((window) => (
        <DayWindowStops key={window.window} window={window} residences={day.residences} />
      ))}
      <OverdueList day={day} />
      {windows.length === 0 && !closed && <p class="column-empty">Nothing is to be done on this day</p>}
    </div>
  );
}
