import { Fragment } from "preact";
import type { DayPlaces, DayWindow } from "../../api/day";
import type { WholeResidence } from "../../api/residence";
import { counted } from "../../lib/count";
import { groupByResidence } from "./residence_groups";
import { ResidenceNote } from "./residence_note";
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

interface DayWindowStopsProps {
  window: DayWindow;
  residences: readonly WholeResidence[];
}

export function DayWindowStops({ window, residences }: DayWindowStopsProps) {
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
      {groupByResidence(stops, residences).map(({ key, residence, stops: ofGroup }, place) => (
        <Fragment key={key}>
          {residence && <ResidenceNote id={`${title}-${place}`} residence={residence} stops={ofGroup.length} />}
          <ol class="stops" aria-labelledby={residence ? `${title} ${title}-${place}` : title}>
            {ofGroup.map((stop) => (
              <StopCard key={`${stop.kind} ${stop.booking.id}`} stop={stop} />
            ))}
          </ol>
        </Fragment>
      ))}
    </section>
  );
}
