import { asString, keptIn } from "../kept";

const kept = keptIn("local", "hss-bookings", (value) => (Array.isArray(value) ? value.map(asString).filter((id) => id !== null) : null));
const most = 20;

/** References of bookings made on this device, newest first. */
export const deviceBookings = {
  list: (): string[] => kept.read() ?? [],
  add: (id: string) => kept.write([id, ...deviceBookings.list().filter((other) => other !== id)].slice(0, most)),
  remove: (id: string) => kept.write(deviceBookings.list().filter((other) => other !== id)),
};
