import { useState } from "preact/hooks";
import { fetchEvents, fetchWebhooks } from "../../api/webhook";
import { Button } from "../../controls/button";
import { Freshness } from "../../controls/freshness";
import { Empty } from "../../controls/list/empty";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { pollEveryMs, useQuery } from "../../live/query";
import { LoadFailure } from "../load_failure";
import { AddWebhookDialog } from "./add_webhook";
import { DeadEvents } from "./dead_events";
import { TargetFacts } from "./target_facts";
import { WebhookCard } from "./webhook_card";

async function fetchPage(signal: AbortSignal) {
  const [{ targets, dead }, webhooks] = await Promise.all([fetchEvents(signal), fetchWebhooks(signal)]);
  return { targets, dead, webhooks };
}

/** Shows the targets of events and their deliveries. */
export function EventsPage() {
  const result = useQuery(fetchPage, [], pollEveryMs);
  const [isAdding, setAdding] = useState(false);
  const { data, error } = result;
  const refresh = () => void result.refresh();
  const topics = data?.targets.filter(({ kind }) => kind === "topic") ?? [];
  return (
    <Page title="Events" lead={<Freshness query={result} />}>
      {!data && error && <LoadFailure title="The events could not be loaded" error={error} onRetry={result.refresh} />}
      {!data && !error && <Loading label="Loading the events" lines={5} />}
      {data && (
        <>
          {data.dead.length > 0 && <DeadEvents events={data.dead} webhooks={data.webhooks} onChanged={refresh} />}
          {topics.map((topic) => (
            <section key={topic.name} class="card stack" aria-labelledby={`topic-${topic.name}`}>
              <h2 id={`topic-${topic.name}`}>Topic {topic.name}</h2>
              <TargetFacts target={topic} />
            </section>
          ))}
          <section class="webhooks" aria-labelledby="webhooks-title">
            <div class="webhooks-head">
              <h2 id="webhooks-title">Webhooks</h2>
              <Button kind="primary" onPress={() => setAdding(true)}>
                Add webhook
              </Button>
            </div>
            {data.webhooks.length === 0 && (
              <Empty title="No webhooks yet">
                <p class="hint">A webhook tells another program, such as your accounting, of each booking and payment as it happens.</p>
              </Empty>
            )}
            {data.webhooks.map((webhook) => (
              <WebhookCard
                key={webhook.id}
                webhook={webhook}
                target={data.targets.find(({ name }) => name === webhook.id) ?? null}
                onChanged={refresh}
              />
            ))}
          </section>
        </>
      )}
      {isAdding && <AddWebhookDialog onAdded={refresh} onClose={() => setAdding(false)} />}
    </Page>
  );
}
