import { Fragment } from "preact";
import type { DayWindow, StaffDay, Stop } from "../../api/day";
import type { WholeResidence } from "../../api/residence";
import { groupItems } from "../../booking/item_list";
import { businessStore } from "../../lib/business";
import { counted } from "../../lib/count";
import { formatRand } from "../../lib/money";
import { useStore } from "../../lib/store";
import { formatDay } from "../../lib/time";
import { gettingInWords, groupByResidence } from "./residence_groups";
import { addressOf, comesToStore, kindLabel, totalsInWords, whyUnready, windowName } from "./stops";

/** The day on paper: a line a stop, with boxes to tick. */
export function RunSheet({ day }: { day: StaffDay }) {
  const { name } = useStore(businessStore);
  const { date, closed, windows, totals } = day;
  return (
    <div class="run-sheet print-only">
      <p class="run-sheet-title">
        <strong>Run sheet, {formatDay(date)}</strong> {name}
      </p>
      <p>
        {counted(totals.stops, "stop")}, {totals.done} done{totals.stops > 0 && `: ${totalsInWords(totals)}`}
        {closed && `. Closed: ${closed}`}
      </p>
      <table>
        <thead>
          <tr>
            <th scope="col">Done</th>
            <th scope="col">Customer</th>
            <th scope="col">Address</th>
            <th scope="col">Items</th>
            <th scope="col">Notes</th>
          </tr>
        </thead>
        {windows
          .filter(({ stops }) => stops.length > 0)
          .map((window) => (
            <WindowLines key={window.window} window={window} residences={day.residences} />
          ))}
      </table>
    </div>
  );
}

interface WindowLinesProps {
  window: DayWindow;
  residences: readonly WholeResidence[];
}

function WindowLines({ window: { window, stops }, residences }: WindowLinesProps) {
  return (
    <tbody>
      <tr class="run-sheet-window">
        <th colSpan={5} scope="rowgroup">
          {windowName(window)}, {counted(stops.length, "stop")}
        </th>
      </tr>
      {groupByResidence(stops, residences).map(({ key, residence, stops: ofGroup }) => (
        <Fragment key={key}>
          {residence && <ResidenceLine residence={residence} />}
          {ofGroup.map((stop) => (
            <StopLine key={`${stop.kind} ${stop.booking.id}`} stop={stop} />
          ))}
        </Fragment>
      ))}
    </tbody>
  );
}

function ResidenceLine({ residence }: { residence: WholeResidence }) {
  const { name, caretaker_phone } = residence;
  const words = [gettingInWords(residence), caretaker_phone && `Caretaker: ${caretaker_phone}`].filter(Boolean).join(". ");
  return (
    <tr class="run-sheet-residence">
      <th colSpan={5} scope="rowgroup">
        {name} <span>{words}</span>
      </th>
    </tr>
  );
}

function Box({ isTicked = false }: { isTicked?: boolean }) {
  return <span class="tick-box">{isTicked ? "✓" : ""}</span>;
}

function StopLine({ stop }: { stop: Stop }) {
  const { booking, photos, owed, is_ready, is_done } = stop;
  return (
    <tr class={is_ready ? "" : "run-sheet-unready"}>
      <td>{is_ready ? <Box isTicked={is_done} /> : "–"}</td>
      <td>
        <strong>
          {kindLabel(stop)}: {booking.customer_name}
        </strong>
        <span class="code">{booking.id}</span>
        {booking.phone && <span>{booking.phone}</span>}
      </td>
      <td>{addressOf(stop) || comesToStore(stop)}</td>
      <td>
        {groupItems(booking.items).map(({ label, quantity, descriptions }) => (
          <span key={label} class="run-sheet-items">
            <Box isTicked={is_done} /> {quantity} × {label}
            {descriptions.length > 0 && `: ${descriptions.join(", ")}`}
          </span>
        ))}
        {photos.length > 0 && <span>{counted(photos.length, "photo")}</span>}
      </td>
      <td>
        {!is_ready && <strong>{whyUnready(stop)}. </strong>}
        {booking.needs_new_date && !is_done && <strong>The trip failed. </strong>}
        {booking.access_notes && <span>{booking.access_notes} </span>}
        {owed > 0 && <span>{formatRand(owed)} to pay</span>}
      </td>
    </tr>
  );
}
