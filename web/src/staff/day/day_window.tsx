import type { DayPlaces, DayWindow } from "../../api/day";
import { counted } from "../../lib/count";
import { StopCard } from "./stop_card";
import { windowName } from "./stops";

/** "3 of 8 places free"; null where there is no limit. */
function freeInWords(places: DayPlaces | undefined): string | null {
  if (!places || places.capacity === null) return null;
  if (places.over) return `${places.over} over ${counted(places.capacity, "place")}`;
  return places.free === 0 ? "full" : `${places.free} of ${counted(places.capacity, "place")} free`;
}

function placesInWords({ pickups, returns }: DayWindow): string | null {
  const forPickups = freeInWords(pickups);
  const forReturns = freeInWords(returns);
  if (forPickups === forReturns) return forPickups;
  return [forPickups && `pickups: ${forPickups}`, forReturns && `returns: ${forReturns}`].filter(Boolean).join(", ");
}

export function DayWindowStops({ window }: { window: DayWindow }) {
  const { window: name, stops } = window;
  const done = stops.filter(({ is_done }) => is_done).length;
  const free = placesInWords(window);
  const title = `window-${name}`.replace(/[^\w-]+/g, "-");
  return (
    <section class="day-window" aria-labelledby={title} data-status={name}>
      <div class="day-window-head">
        <h2 id={title} tabIndex={-1} data-focus-home>
          {windowName(name)}
        </h2>
        <p class="hint">
          {stops.length === 0 ? "No stops" : `${counted(stops.length, "stop")}, ${done} done`}
          {free && `; ${free}`}
        </p>
      </div>
      {stops.length > 0 && (
        <ol class="stops" aria-labelledby={title}>
          {stops.map((stop) => (
            <StopCard key={`${stop.kind} ${stop.booking.id}`} stop={stop} />
          ))}
        </ol>
      )}
    </section>
  );
}
