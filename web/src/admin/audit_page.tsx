import { eventTypes, fetchAudit, type AuditEvent } from "../api/audit";
import { parseReference } from "../booking/reference";
import { Empty } from "../controls/empty";
import { Freshness } from "../controls/freshness";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { SearchBox } from "../controls/search_box";
import { SelectField } from "../controls/select_field";
import { pollEveryMs, useLoaded } from "../loaded";
import { bookingPath, locationQuery, locationStore, replaceQuery } from "../route";
import { Page } from "../shell/page";
import { useStore } from "../store";
import { formatMoment } from "../time";
import { auditLine } from "./audit_line";
import { useCursorTrail } from "./cursor_trail";
import { Pager } from "./pager";

const pageSize = 50;

const typeLabels: Record<(typeof eventTypes)[number], string> = {
  booking_submitted: "Bookings submitted",
  status_updated: "Status changes",
  payment_captured: "Payments",
  notification: "Notifications",
};

export function AuditPage() {
  const query = locationQuery(useStore(locationStore));
  const bookingId = query.get("booking_id") ?? "";
  const eventType = query.get("event_type") ?? "";
  const trail = useCursorTrail();
  const loaded = useLoaded(
    (signal) => fetchAudit({ booking_id: bookingId, event_type: eventType, cursor: trail.cursor, limit: pageSize }, signal),
    [bookingId, eventType, trail.cursor],
    pollEveryMs,
  );
  const narrow = (changes: { booking_id?: string; event_type?: string }) => {
    trail.restart();
    replaceQuery({ booking_id: bookingId, event_type: eventType, ...changes });
  };

  return (
    <Page title="Audit trail" lead={<Freshness loaded={loaded} />}>
      <div class="table-tools">
        <SearchBox label="Booking reference" value={bookingId} onSearch={(text) => narrow({ booking_id: parseReference(text) })} />
        <SelectField id="event-type" label="Event" value={eventType} onChange={(chosen) => narrow({ event_type: chosen })}>
          <option value="">All</option>
          {eventTypes.map((one) => (
            <option key={one} value={one}>
              {typeLabels[one]}
            </option>
          ))}
        </SelectField>
      </div>
      {loaded.error && !loaded.data && (
        <ErrorNotice title="The audit trail could not be loaded" error={loaded.error} onRetry={() => void loaded.refresh()} />
      )}
      {!loaded.data && !loaded.error && <Loading label="Loading the audit trail" lines={8} />}
      {loaded.data?.events.length === 0 && <Empty title={bookingId || eventType ? "No event matches" : "Nothing has happened yet"} />}
      {loaded.data && loaded.data.events.length > 0 && (
        <ol class="card events">
          {loaded.data.events.map((event) => (
            <EventLine key={event.id} event={event} />
          ))}
        </ol>
      )}
      <Pager label="Pages of events" trail={trail} next={loaded.data?.next_cursor ?? null} />
    </Page>
  );
}

function EventLine({ event }: { event: AuditEvent }) {
  return (
    <li class={`event event-${event.event_type}`}>
      <span class="dot" aria-hidden="true" />
      <span class="event-words">
        <span>{auditLine(event)}</span>
        <span class="hint">
          {event.booking_id && (
            <a class="code" href={bookingPath(event.booking_id)}>
              {event.booking_id}
            </a>
          )}
          <time dateTime={event.created_at}>{formatMoment(event.created_at)}</time>
        </span>
      </span>
    </li>
  );
}
