import { useState } from "preact/hooks";
import { addWebhook } from "../../api/webhook";
import { Button } from "../../controls/button";
import { CopyLine } from "../../controls/copy_line";
import { Dialog } from "../../controls/dialog";
import { Form, useForm } from "../../controls/form";
import { Notice } from "../../controls/notice";
import { TextField } from "../../controls/text_field";

/** Adds a webhook and shows its secret, once. */
export function AddWebhookDialog({ onAdded, onClose }: { onAdded: () => void; onClose: () => void }) {
  const [secret, setSecret] = useState("");
  const form = useForm({ url: "" });
  const add = async () => {
    setSecret((await addWebhook(form.values.url.trim())).secret);
    onAdded();
  };
  if (secret) {
    return (
      <Dialog title="The webhook is added" onClose={onClose}>
        <div class="stack">
          <Notice kind="good" title="Give this secret to the receiver">
            <p>With it, the receiver knows that a message is yours. It cannot be shown again.</p>
          </Notice>
          <CopyLine id="webhook-secret" label="Secret" text={secret} />
          <div class="actions">
            <Button kind="primary" onPress={onClose}>
              Done
            </Button>
          </div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Add a webhook" onClose={onClose}>
      <Form form={form} rejection="No webhook was added" submit="Add webhook" submitting="Adding…" onSubmit={add}>
        <TextField
          id="webhook-url"
          label="Address"
          type="url"
          autocomplete="off"
          hint="Where the receiver listens: https://…"
          {...form.field("url")}
        />
      </Form>
    </Dialog>
  );
}
