import type { Booking } from "../api/booking";

/** What the customer has agreed to besides, as lines of a list of facts. */
export function AgreedFacts({ booking: { terms_version, early_start } }: { booking: Booking }) {
  return (
    <>
      {terms_version && (
        <>
          <dt>Terms</dt>
          <dd>Version {terms_version}, accepted</dd>
        </>
      )}
      {early_start && (
        <>
          <dt>Cooling-off</dt>
          <dd>May begin before it is over</dd>
        </>
      )}
    </>
  );
}
