import { useState } from "preact/hooks";
import { fetchCalendar, saveCalendar, type Calendar } from "../../api/calendar";
import { Button } from "../../controls/button";
import { FormFrame } from "../../controls/form";
import { Loading } from "../../controls/loading";
import { Notice, RejectionNotice } from "../../controls/notice";
import { Page } from "../../controls/page";
import { useSending } from "../../controls/sending";
import { InputField } from "../../controls/text_field";
import { formatDay, today } from "../../lib/time";
import { useQuery } from "../../live/query";
import { LoadFailure } from "../load_failure";
import { missingIn, requestOf, rowsOf, type CalendarRows } from "./calendar_rows";
import { ExceptionList } from "./exception_list";
import { WindowList } from "./window_list";

/** When the business collects and brings back, for the owner to say. */
export function CalendarPage() {
  const result = useQuery(fetchCalendar, []);
  const { data, error } = result;
  return (
    <Page
      title="Calendar"
      lead={
        <p>
          When we come, and how many stops we can make. Customers choose from what is free. The houses of many students are at{" "}
          <a href="/admin/residences">Residences</a>.
        </p>
      }
    >
      {!data && error && <LoadFailure title="The calendar could not be loaded" error={error} onRetry={result.refresh} />}
      {!data && !error && <Loading label="Loading the calendar" lines={6} />}
      {data && <CalendarForm loaded={data} onReload={() => void result.refresh()} />}
    </Page>
  );
}

function CalendarForm({ loaded, onReload }: { loaded: Calendar; onReload: () => void }) {
  const [calendar, setCalendar] = useState(loaded);
  const [rows, setRows] = useState(() => rowsOf(loaded));
  const [isSaved, setSaved] = useState(false);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const sending = useSending();
  const change = (changes: Partial<CalendarRows>) => {
    setRows((now) => ({ ...now, ...changes }));
    setSaved(false);
  };
  const reload = (newer: Calendar) => {
    setCalendar(newer);
    setRows(rowsOf(newer));
  };
  const save = () => {
    const found = missingIn(rows);
    setMissing(found);
    setSaved(false);
    if (found.length > 0) return;
    void sending.run(async () => {
      reload(await saveCalendar(requestOf(rows), calendar));
      setSaved(true);
    });
  };
  const isOutdated = sending.error?.code === "precondition_failed";
  return (
    <FormFrame class="stack calendar-form" error={missing.length > 0 ? missing : null} onSubmit={save}>
      {calendar.version === 0 && (
        <Notice kind="info" title="No calendar is saved yet">
          <p>Until you save one, every day can be booked, also Sundays and Christmas, by any number of customers.</p>
        </Notice>
      )}
      <WindowList windows={rows.windows} onChange={(windows) => change({ windows })} />
      <ExceptionList exceptions={rows.exceptions} onChange={(exceptions) => change({ exceptions })} />
      <Holidays calendar={calendar} isClosed={rows.closed_on_holidays} onChange={(closed_on_holidays) => change({ closed_on_holidays })} />
      <Limits rows={rows} onChange={change} />
      <Changes isAsked={rows.changes_need_approval} onChange={(changes_need_approval) => change({ changes_need_approval })} />
      {missing.length > 0 && (
        <Notice kind="bad" title="Not saved yet">
          <ul>
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </Notice>
      )}
      {sending.error && <RejectionNotice title="Not saved" error={sending.error} advice="Save it again: it is the same then." />}
      {isOutdated && (
        <div>
          <Button onPress={() => void sending.run(async () => reload(await fetchCalendar())).then(onReload)}>
            Load it again, without what I changed
          </Button>
        </div>
      )}
      {isSaved && <Notice kind="good" title="The calendar is saved" />}
      <div class="actions">
        <Button kind="primary" type="submit" busy={sending.isBusy}>
          {sending.isBusy ? "Saving…" : "Save the calendar"}
        </Button>
      </div>
    </FormFrame>
  );
}

interface HolidaysProps {
  calendar: Calendar;
  isClosed: boolean;
  onChange: (isClosed: boolean) => void;
}

function Holidays({ calendar, isClosed, onChange }: HolidaysProps) {
  const coming = calendar.holidays.filter(({ date }) => date >= today()).slice(0, 12);
  return (
    <section class="card stack" aria-labelledby="holidays-title">
      <h2 id="holidays-title">Public holidays</h2>
      <label class="check">
        <input type="checkbox" checked={isClosed} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
        <span>
          Closed on South Africa's public holidays
          <span class="hint">But for those that have hours of their own above.</span>
        </span>
      </label>
      <details>
        <summary>The next ones</summary>
        <ul class="holidays">
          {coming.map(({ date, name }) => (
            <li key={date}>
              {formatDay(date)}: {name}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

function Limits({ rows, onChange }: { rows: CalendarRows; onChange: (changes: Partial<CalendarRows>) => void }) {
  return (
    <section class="card stack" aria-labelledby="limits-title">
      <h2 id="limits-title">What can be booked</h2>
      <div class="field-row">
        <InputField
          id="season-first"
          label="First day of the season"
          hint="Empty: any."
          type="date"
          value={rows.first}
          onInput={(first) => onChange({ first })}
        />
        <InputField
          id="season-last"
          label="Last day of the season"
          hint="Empty: any."
          type="date"
          value={rows.last}
          onInput={(last) => onChange({ last })}
        />
        <InputField
          id="lead-hours"
          label="Hours ahead at least"
          hint="Before a window begins; empty: up to its beginning."
          inputMode="numeric"
          autocomplete="off"
          maxLength={4}
          value={rows.lead_hours}
          onInput={(lead_hours) => onChange({ lead_hours })}
        />
        <InputField
          id="horizon-days"
          label="Days ahead at most"
          hint="Empty: any day of the season."
          inputMode="numeric"
          autocomplete="off"
          maxLength={4}
          value={rows.horizon_days}
          onInput={(horizon_days) => onChange({ horizon_days })}
        />
      </div>
    </section>
  );
}

function Changes({ isAsked, onChange }: { isAsked: boolean; onChange: (isAsked: boolean) => void }) {
  return (
    <section class="card stack" aria-labelledby="changes-title">
      <h2 id="changes-title">When customers change a booking</h2>
      <label class="check">
        <input type="checkbox" checked={isAsked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
        <span>
          Staff approve it again
          <span class="hint">
            An approved booking, when its customer changes its items, its price or its day. What staff change stays approved.
          </span>
        </span>
      </label>
    </section>
  );
}
