import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../icon";
import { addDays, addMonths, monthOf, weekday, weeksOf } from "./days";

interface CalendarProps {
  /** YYYY-MM-DD, or empty. */
  value: string;
  /** The first day that can be picked; the day before it is shown as today. */
  min: string;
  describedBy?: string | undefined;
  /** Why a day cannot be picked, in words; empty where it can. */
  whyClosed?: (date: string) => string;
  /** Called with each month (YYYY-MM) that is shown after the first. */
  onMonth?: (month: string) => void;
  onPick: (date: string) => void;
}

const format = (options: Intl.DateTimeFormatOptions) => {
  const names = new Intl.DateTimeFormat("en-ZA", { timeZone: "UTC", ...options });
  return (date: string) => names.format(new Date(`${date}T00:00:00Z`));
};
const monthName = format({ month: "long", year: "numeric" });
const dayName = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const shortWeekday = format({ weekday: "short" });
const longWeekday = format({ weekday: "long" });
const aSunday = "2026-11-01";
const week = [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(aSunday, day));

const moves: Record<string, (date: string) => string> = {
  ArrowLeft: (date) => addDays(date, -1),
  ArrowRight: (date) => addDays(date, 1),
  ArrowUp: (date) => addDays(date, -7),
  ArrowDown: (date) => addDays(date, 7),
  Home: (date) => addDays(date, -weekday(date)),
  End: (date) => addDays(date, 6 - weekday(date)),
  PageUp: (date) => addMonths(date, -1),
  PageDown: (date) => addMonths(date, 1),
};

/** A month of days to pick one from. One day takes the focus; arrows, Home, End and Page keys move it. */
export function Calendar({ value, min, describedBy, whyClosed = () => "", onMonth, onPick }: CalendarProps) {
  const [active, setActive] = useState(value >= min ? value : min);
  const grid = useRef<HTMLTableElement>(null);
  const isMoving = useRef(false);
  useEffect(() => {
    if (isMoving.current) grid.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    isMoving.current = false;
  }, [active]);

  const month = monthOf(active);
  const show = (date: string) => {
    const shown = date < min ? min : date;
    setActive(shown);
    if (monthOf(shown) !== month) onMonth?.(monthOf(shown));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const date = move(active);
    isMoving.current = date >= min || active !== min;
    show(date);
  };

  return (
    <div class="calendar">
      <div class="calendar-head">
        <MonthButton icon="previous" label="Previous month" disabled={month <= monthOf(min)} onPress={() => show(addMonths(active, -1))} />
        <strong id="calendar-month" aria-live="polite">
          {monthName(active)}
        </strong>
        <MonthButton icon="next" label="Next month" disabled={false} onPress={() => show(addMonths(active, 1))} />
      </div>
      <table ref={grid} role="grid" aria-labelledby="calendar-month" aria-describedby={describedBy} onKeyDown={onKeyDown}>
        <thead>
          <tr>
            {week.map((day) => (
              <th key={day} scope="col" abbr={longWeekday(day)}>
                {shortWeekday(day)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((days, index) => (
            <tr key={index}>
              {days.map((date, at) => (
                <td key={at} aria-selected={date ? date === value : undefined}>
                  {date && (
                    <Day
                      date={date}
                      min={min}
                      closed={date < min ? "" : whyClosed(date)}
                      isActive={date === active}
                      onPick={() => {
                        setActive(date);
                        onPick(date);
                      }}
                    />
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface DayProps {
  date: string;
  min: string;
  closed: string;
  isActive: boolean;
  onPick: () => void;
}

// A closed day keeps its place among the others, so that the arrow keys reach it and its reason is read out.
function Day({ date, min, closed, isActive, onPick }: DayProps) {
  return (
    <button
      type="button"
      aria-label={closed ? `${dayName(date)}: ${closed}` : dayName(date)}
      aria-current={date === addDays(min, -1) ? "date" : undefined}
      aria-disabled={closed ? "true" : undefined}
      title={closed || undefined}
      disabled={date < min}
      tabIndex={isActive ? 0 : -1}
      onClick={() => closed || onPick()}
    >
      {Number(date.slice(8))}
    </button>
  );
}

interface MonthButtonProps {
  icon: "previous" | "next";
  label: string;
  disabled: boolean;
  onPress: () => void;
}

function MonthButton({ icon, label, disabled, onPress }: MonthButtonProps) {
  return (
    <button type="button" class="icon-button" aria-label={label} disabled={disabled} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
