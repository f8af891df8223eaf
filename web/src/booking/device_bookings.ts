import { asString, persistedValue } from "../lib/persisted";

const persisted = persistedValue("local", "hss-bookings", (value) =>
  Array.isArray(value) ? value.map(asString).filter((id) => id !== null) : null,
);
const max = 20;

/** References of bookings made on this device, newest first. */
export const deviceBookings = {
  list: (): string[] => persisted.read() ?? [],
  add: (id: string) => persisted.write([id, ...deviceBookings.list().filter((other) => other !== id)].slice(0, max)),
  remove: (id: string) => persisted.write(deviceBookings.list().filter((other) => other !== id)),
};
