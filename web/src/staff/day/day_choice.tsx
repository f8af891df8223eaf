import { locationQuery, locationStore, replaceQuery } from "../../app/route";
import { Button } from "../../controls/button";
import { useStore } from "../../lib/store";
import { today, tomorrow } from "../../lib/time";

/** Goes to today, tomorrow or any date, and prints the run sheet of the one shown. */
export function DayChoice({ date }: { date: string }) {
  const isNamed = locationQuery(useStore(locationStore)).has("date");
  const next = tomorrow();
  return (
    <div class="day-tools">
      <div class="day-choice" role="group" aria-label="Day">
        <a href="/staff/day" aria-current={date === today() ? "date" : undefined}>
          Today
        </a>
        <a href={`/staff/day?date=${next}`} aria-current={date === next ? "date" : undefined}>
          Tomorrow
        </a>
      </div>
      <label class="day-date">
        <span class="visually-hidden">Date</span>
        <input
          type="date"
          value={date}
          onChange={({ currentTarget: { value } }) => (value ? replaceQuery({ date: value }) : isNamed && replaceQuery({}))}
        />
      </label>
      <a class="button" href="/staff/book">
        Book for somebody
      </a>
      <Button onPress={() => window.print()}>Print run sheet</Button>
    </div>
  );
}
