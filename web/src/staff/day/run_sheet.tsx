import type { DayWindow, StaffDay, Stop } from "../../api/day";
import { groupItems } from "../../booking/item_list";
import { statusLabel } from "../../booking/lifecycle";
import { businessStore } from "../../lib/business";
import { counted } from "../../lib/count";
import { formatRand } from "../../lib/money";
import { useStore } from "../../lib/store";
import { formatDay } from "../../lib/time";
import { totalsInWords } from "./stops";

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
            <WindowLines key={window.window} window={window} />
          ))}
      </table>
    </div>
  );
}

function WindowLines({ window: { window, stops } }: { window: DayWindow }) {
  return (
    <tbody>
      <tr class="run-sheet-window">
        <th colSpan={5} scope="rowgroup">
          {window}, {counted(stops.length, "stop")}
        </th>
      </tr>
      {stops.map((stop) => (
        <StopLine key={`${stop.kind} ${stop.booking.id}`} stop={stop} />
      ))}
    </tbody>
  );
}

function Box({ isTicked = false }: { isTicked?: boolean }) {
  return <span class="tick-box">{isTicked ? "✓" : ""}</span>;
}

function StopLine({ stop: { booking, photos, owed, is_ready, is_done } }: { stop: Stop }) {
  return (
    <tr class={is_ready ? "" : "run-sheet-unready"}>
      <td>{is_ready ? <Box isTicked={is_done} /> : "–"}</td>
      <td>
        <strong>{booking.customer_name}</strong>
        <span class="code">{booking.id}</span>
      </td>
      <td>{booking.pickup_method === "brought" ? "At the store" : booking.address}</td>
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
        {!is_ready && (
          <strong>
            {booking.pickup_method === "brought" ? "Do not take in" : "Do not collect"}: {statusLabel(booking.status).toLowerCase()}, not
            paid.{" "}
          </strong>
        )}
        {owed > 0 && <span>{formatRand(owed)} to pay</span>}
      </td>
    </tr>
  );
}
