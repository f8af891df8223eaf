import { useState } from "preact/hooks";
import { removeWebhook, type Webhook } from "../../api/webhook";
import { Button } from "../../controls/button";
import { Dialog } from "../../controls/dialog";
import { ErrorNotice } from "../../controls/notice";
import { useSending } from "../../controls/sending";

export function RemoveWebhook({ webhook: { id, url }, onRemoved }: { webhook: Webhook; onRemoved: () => void }) {
  const [isAsking, setAsking] = useState(false);
  const sending = useSending();
  const remove = async () => {
    await removeWebhook(id);
    setAsking(false);
    onRemoved();
  };
  return (
    <>
      <Button kind="quiet" label={`Remove ${url}`} onPress={() => setAsking(true)}>
        Remove
      </Button>
      {isAsking && (
        <Dialog title="Remove this webhook?" onClose={() => setAsking(false)}>
          <div class="stack">
            <p class="webhook-url">{url}</p>
            <p>It hears nothing more, what waits for it is not sent, and its log and secret are gone.</p>
            {sending.error && <ErrorNotice title="Not removed" error={sending.error} />}
            <div class="actions">
              <Button onPress={() => setAsking(false)}>Keep it</Button>
              <Button kind="danger" busy={sending.isBusy} onPress={() => void sending.run(remove)}>
                Remove webhook
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
