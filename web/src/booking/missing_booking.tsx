import type { ComponentChildren } from "preact";
import type { ApiError } from "../api/error";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";

/** Replaces a booking that is loading, unknown, or could not be loaded. */
export function MissingBooking({ error, onRetry }: { error: ApiError | null; onRetry: () => void }): ComponentChildren {
  if (!error) return <Loading label="Loading the booking" lines={6} />;
  if (error.code !== "not_found") return <ErrorNotice title="The booking could not be loaded" error={error} onRetry={onRetry} />;
  return (
    <>
      <ErrorNotice title="We do not know this reference" error={error} />
      <p>
        Check the reference and <a href="/booking">try again</a>.
      </p>
    </>
  );
}
