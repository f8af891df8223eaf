import { sendAgain, type Delivery, type Webhook } from "../../api/webhook";
import { staffBookingPath } from "../../app/route";
import { Button } from "../../controls/button";
import { ErrorNotice } from "../../controls/notice";
import { useSending } from "../../controls/sending";
import { formatMoment } from "../../lib/time";
import { eventLabel } from "./event_labels";

interface DeadEventsProps {
  events: readonly Delivery[];
  webhooks: readonly Webhook[];
  onChanged: () => void;
}

/** Dead-lettered events: their target took none of the deliveries. */
export function DeadEvents({ events, webhooks, onChanged }: DeadEventsProps) {
  const sending = useSending();
  const targets = [...new Set(events.map(({ target }) => target))];
  const nameOf = (target: string) => webhooks.find(({ id }) => id === target)?.url ?? target;
  const again = (target: string, event_id?: number) =>
    void sending.run(async () => {
      await sendAgain(target, event_id);
      onChanged();
    });
  return (
    <section class="stack" aria-labelledby="dead-title">
      <h2 id="dead-title">Set aside</h2>
      <p class="hint">Each was refused, or failed again and again while others went through. The events behind it went on.</p>
      {sending.error && <ErrorNotice title="Not sent again" error={sending.error} />}
      {targets.map((target) => {
        const ofTarget = events.filter((event) => event.target === target);
        return (
          <div key={target} class="stack">
            <div class="webhooks-head">
              <h3 class="webhook-url">{nameOf(target)}</h3>
              {ofTarget.length > 1 && (
                <Button label={`Send all of ${nameOf(target)} again`} onPress={() => again(target)}>
                  Send all again
                </Button>
              )}
            </div>
            <ul class="deliveries">
              {ofTarget.map((event) => (
                <li key={event.event_id} class="card delivery">
                  <div class="delivery-words">
                    <strong>{eventLabel(event.event_type)}</strong>
                    {event.booking_id && (
                      <a class="code touch-link" href={staffBookingPath(event.booking_id)}>
                        {event.booking_id}
                      </a>
                    )}
                    <span>{event.error}</span>
                    <span class="hint">
                      Tried {event.tries === 1 ? "once" : `${event.tries} times`}, last {formatMoment(event.updated_at)}
                    </span>
                  </div>
                  <Button label={`Send event ${event.event_id} again`} onPress={() => again(target, event.event_id)}>
                    Send again
                  </Button>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}
