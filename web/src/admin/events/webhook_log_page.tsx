import { deliveryStates, fetchDeliveries, fetchWebhooks, sendAgain, type Delivery } from "../../api/webhook";
import { replaceQuery, staffBookingPath } from "../../app/route";
import { Button } from "../../controls/button";
import { Freshness } from "../../controls/freshness";
import { Empty } from "../../controls/list/empty";
import { SelectField } from "../../controls/list/select_field";
import { Loading } from "../../controls/loading";
import { ErrorNotice } from "../../controls/notice";
import { Page } from "../../controls/page";
import { useSending } from "../../controls/sending";
import { formatMoment } from "../../lib/time";
import { useListPage } from "../list_pages";
import { LoadFailure } from "../load_failure";
import { Pager } from "../pager";
import { eventLabel } from "./event_labels";

const pageSize = 50;

const stateLabels: Record<Delivery["state"], string> = { waiting: "Waiting", dead: "Set aside", delivered: "Delivered" };
const stateChips: Record<Delivery["state"], string> = { waiting: "chip-submitted", dead: "chip-declined", delivered: "chip-paid" };

/** Shows the deliveries to a webhook. */
export function WebhookLogPage({ id }: { id: string }) {
  const list = useListPage(async (query, signal) => {
    const state = deliveryStates.find((one) => one === query.get("state")) ?? "";
    const [log, webhooks] = await Promise.all([
      fetchDeliveries(id, { state, cursor: query.get("cursor"), limit: pageSize }, signal),
      fetchWebhooks(signal),
    ]);
    return { ...log, webhook: webhooks.find((one) => one.id === id) };
  });
  const { location, result, page, isStale } = list;
  const state = list.query.get("state") ?? "";
  const sending = useSending();
  const again = (event_id: number) =>
    void sending.run(async () => {
      await sendAgain(id, event_id);
      await result.refresh();
    });
  return (
    <Page title="Log of a webhook" lead={page?.webhook && <span class="webhook-url">{page.webhook.url}</span>}>
      <Freshness query={result} />
      <div class="table-tools">
        <SelectField id="state" label="State" value={state} onChange={(chosen) => replaceQuery({ state: chosen })}>
          <option value="">All</option>
          {deliveryStates.map((one) => (
            <option key={one} value={one}>
              {stateLabels[one]}
            </option>
          ))}
        </SelectField>
      </div>
      {list.failed && result.error && <LoadFailure title="The log could not be loaded" error={result.error} onRetry={result.refresh} />}
      {!page && !list.failed && <Loading label="Loading the log" lines={6} />}
      {sending.error && <ErrorNotice title="Not sent again" error={sending.error} />}
      {page?.deliveries.length === 0 && (
        <Empty title={state ? "Nothing is in this state" : "Nothing was sent yet"}>
          {!state && <p class="hint">Each message appears here with the receiver's answer, and stays for 7 days.</p>}
        </Empty>
      )}
      {page && page.deliveries.length > 0 && (
        <ul class="deliveries" aria-busy={isStale}>
          {page.deliveries.map((delivery) => (
            <DeliveryLine
              key={delivery.event_id}
              delivery={delivery}
              {...(page.webhook?.enabled ? { onAgain: () => again(delivery.event_id) } : {})}
            />
          ))}
        </ul>
      )}
      {page && <Pager label="Pages of the log" location={location} next={page.next_cursor} isStale={isStale} />}
      <p class="screen-only">
        <a class="touch-link" href="/admin/events">
          Back to the events
        </a>
      </p>
    </Page>
  );
}

function DeliveryLine({ delivery, onAgain }: { delivery: Delivery; onAgain?: () => void }) {
  const { event_id, message_id, event_type, booking_id, state } = delivery;
  return (
    <li class="card delivery">
      <div class="delivery-words">
        <span class="delivery-title">
          <strong>{eventLabel(event_type)}</strong> <span class={`chip ${stateChips[state]}`}>{stateLabels[state]}</span>
        </span>
        {booking_id && (
          <a class="code touch-link" href={staffBookingPath(booking_id)}>
            {booking_id}
          </a>
        )}
        <span>{outcomeOf(delivery)}</span>
        <span class="hint">
          Message {message_id}, {formatMoment(delivery.updated_at)}
        </span>
      </div>
      {onAgain && state !== "waiting" && (
        <Button label={`Send event ${event_id} again`} onPress={onAgain}>
          Send again
        </Button>
      )}
    </li>
  );
}

function outcomeOf({ state, status_code, took_ms, error, tries, next_try_at }: Delivery): string {
  if (state === "delivered") return `Answered ${status_code} after ${took_ms} ms${tries > 1 ? `, at try ${tries}` : ""}`;
  const tried = `${error}, after ${tries === 1 ? "1 try" : `${tries} tries`}`;
  if (state === "dead") return tried;
  if (tries === 0) return "Its turn has not come";
  return next_try_at ? `${tried}; the next one ${formatMoment(next_try_at)}` : tried;
}
