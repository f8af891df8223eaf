import type { Stop } from "../../api/day";
import type { WholeResidence } from "../../api/residence";

/** Stops that follow each other in one residence, or in none of the list. */
export interface StopGroup {
  /** Of its first stop; a booking may have two of a window. */
  key: string;
  residence: WholeResidence | null;
  stops: Stop[];
}

/** A return goes where the things were collected, unless it says otherwise; who comes to the store is in no residence. */
function residenceIdOf({ kind, booking }: Stop): string | null {
  if (kind === "pickup") return booking.pickup_method === "brought" ? null : booking.residence_id;
  if (booking.return_method === "collect_at_store") return null;
  return booking.return_address ? booking.return_residence_id : booking.residence_id;
}

export function groupByResidence(stops: readonly Stop[], residences: readonly WholeResidence[]): StopGroup[] {
  const groups: StopGroup[] = [];
  for (const stop of stops) {
    const id = residenceIdOf(stop);
    const residence = residences.find((one) => one.id === id) ?? null;
    const last = groups[groups.length - 1];
    if (last?.residence === residence) last.stops.push(stop);
    else groups.push({ key: `${stop.kind} ${stop.booking.id}`, residence, stops: [stop] });
  }
  return groups;
}

/** What staff know of getting in, as one line; empty where nothing is known. */
export function gettingInWords({ gate, stairs, parking }: WholeResidence): string {
  const named = [
    ["Gate", gate],
    ["Stairs or lift", stairs],
    ["Parking", parking],
  ] as const;
  return named
    .filter(([, text]) => text)
    .map(([name, text]) => `${name}: ${text}`)
    .join(". ");
}
