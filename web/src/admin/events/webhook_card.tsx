import { useState } from "preact/hooks";
import { changeWebhook, testWebhook, type EventTarget, type Webhook, type WebhookTest } from "../../api/webhook";
import { webhookLogPath } from "../../app/route";
import { Button } from "../../controls/button";
import { ErrorNotice, Notice } from "../../controls/notice";
import { useSending } from "../../controls/sending";
import { formatMoment } from "../../lib/time";
import { RemoveWebhook } from "./remove_webhook";
import { TargetFacts } from "./target_facts";

interface WebhookCardProps {
  webhook: Webhook;
  /** Null while it receives nothing. */
  target: EventTarget | null;
  onChanged: () => void;
}

export function WebhookCard({ webhook, target, onChanged }: WebhookCardProps) {
  const { id, url, enabled, disabled_reason } = webhook;
  const [test, setTest] = useState<WebhookTest | null>(null);
  const testing = useSending();
  const changing = useSending();
  const change = () =>
    void changing.run(async () => {
      await changeWebhook(id, { enabled: !enabled });
      onChanged();
    });
  const error = testing.error ?? changing.error;
  return (
    <article class="card stack" aria-labelledby={`webhook-${id}`}>
      <div class="webhooks-head">
        <h3 id={`webhook-${id}`} class="webhook-url">
          {url}
        </h3>
        <span class={`chip ${enabled ? "chip-paid" : ""}`}>{enabled ? "Enabled" : "Disabled"}</span>
      </div>
      {disabled_reason && <p>{disabled_reason}.</p>}
      {target && <TargetFacts target={target} />}
      {!enabled && (
        <p class="hint">
          It hears nothing. Enabled again, it hears of what happens from then on. Added {formatMoment(webhook.created_at)}.
        </p>
      )}
      {test && <TestOutcome test={test} />}
      {error && <ErrorNotice title="That did not work" error={error} />}
      <div class="actions">
        <Button label={`Test ${url}`} busy={testing.isBusy} onPress={() => void testing.run(async () => setTest(await testWebhook(id)))}>
          {testing.isBusy ? "Testing…" : "Test"}
        </Button>
        <a class="button" href={webhookLogPath(id)} aria-label={`Log of ${url}`}>
          Log
        </a>
        <Button label={`${enabled ? "Disable" : "Enable"} ${url}`} busy={changing.isBusy} onPress={change}>
          {enabled ? "Disable" : "Enable"}
        </Button>
        <RemoveWebhook webhook={webhook} onRemoved={onChanged} />
      </div>
    </article>
  );
}

function TestOutcome({ test: { delivered, status_code, error, took_ms } }: { test: WebhookTest }) {
  if (delivered) {
    return (
      <Notice kind="good" title="The test message arrived">
        <p>
          The receiver answered {status_code} after {took_ms} ms.
        </p>
      </Notice>
    );
  }
  return (
    <Notice kind="bad" title="The test message did not arrive">
      <p>{error}.</p>
    </Notice>
  );
}
