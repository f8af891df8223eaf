import type { AuditEvent } from "../../api/audit";
import { staffBookingPath } from "../../app/route";
import { Breakable } from "../../controls/breakable";
import { formatDay, formatMoment, sastIso } from "../../lib/time";
import { auditActor, auditLine } from "./audit_line";

interface Day {
  date: string;
  events: AuditEvent[];
}

function byDay(events: readonly AuditEvent[]): Day[] {
  const days: Day[] = [];
  for (const event of events) {
    const date = sastIso(event.created_at).slice(0, 10);
    const last = days[days.length - 1];
    if (last?.date === date) last.events.push(event);
    else days.push({ date, events: [event] });
  }
  return days;
}

/** Lists events in the given order, newest first, under the South African day of each. */
export function AuditEvents({ events, isStale }: { events: readonly AuditEvent[]; isStale: boolean }) {
  return (
    <div class="days" aria-busy={isStale}>
      {byDay(events).map(({ date, events: ofDay }) => (
        <section key={date} class="card" aria-labelledby={`day-${date}`}>
          <h2 id={`day-${date}`}>{formatDay(date)}</h2>
          <ol>
            {ofDay.map((event) => (
              <EventLine key={event.id} event={event} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

function EventLine({ event }: { event: AuditEvent }) {
  return (
    <li class={`event event-${event.event_type}`}>
      <time class="event-time" dateTime={event.created_at}>
        {sastIso(event.created_at).slice(11, 16)}
      </time>
      <span class="dot" aria-hidden="true" />
      <div class="event-words">
        <p>
          <Breakable text={auditLine(event)} />
        </p>
        {event.booking_id && (
          <a class="code" href={staffBookingPath(event.booking_id)}>
            {event.booking_id}
          </a>
        )}
        <details>
          <summary>Details</summary>
          <dl class="facts">
            <dt>Event</dt>
            <dd>
              No. {event.id}, {event.event_type}
            </dd>
            <dt>Time</dt>
            <dd>{formatMoment(event.created_at)}</dd>
            <dt>By</dt>
            <dd>
              <Breakable text={auditActor(event)} />
              {event.actor === "demo" && ", without an account"}
            </dd>
            <dt>Request</dt>
            <dd class="code unbroken">{event.request_id}</dd>
          </dl>
        </details>
      </div>
    </li>
  );
}
