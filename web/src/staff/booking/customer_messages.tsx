import { useState } from "preact/hooks";
import { sendOnce } from "../../api/attempt";
import type { Booking } from "../../api/booking";
import { sendMessage } from "../../api/notification";
import { MessageList, useMessages } from "../../booking/booking_messages";
import { Button } from "../../controls/button";
import { FormFrame } from "../../controls/form";
import { RejectionNotice } from "../../controls/notice";
import { useSending } from "../../controls/sending";
import { TextAreaField } from "../../controls/text_field";
import { usePersistedText } from "./persisted_text";

/** Shows the messages to a booking's customer, and a form to write one. */
export function CustomerMessages({ booking: { id } }: { booking: Booking }) {
  const result = useMessages(id);
  return (
    <section class="card stack customer-messages" aria-labelledby="messages-title">
      <h2 id="messages-title">
        <span class="screen-only">Write to the customer</span>
        <span class="print-only">Messages to the customer</span>
      </h2>
      {result.data && result.data.messages.length > 0 && <MessageList {...result.data} onOlder={result.showOlder} />}
      {!result.data && result.error && <p class="hint">What was written before is not at hand without a connection.</p>}
      <MessageForm id={id} onSent={() => void result.refresh()} />
    </section>
  );
}

function MessageForm({ id, onSent }: { id: string; onSent: () => void }) {
  const [message, setMessage] = usePersistedText(`message-${id}`);
  const [outcome, setOutcome] = useState("");
  const sending = useSending();
  const { error } = sending;
  const write = async () => {
    setOutcome("");
    const { isOfEarlier } = await sendOnce(`message-${id}`, { message: message.trim() }, (body, key) => sendMessage(id, body.message, key));
    setOutcome(
      isOfEarlier
        ? "Your first message had arrived as you wrote it then. This one is not sent yet."
        : "Sent. The customer reads it on the page of the booking.",
    );
    if (!isOfEarlier) setMessage("");
    onSent();
  };
  return (
    <FormFrame error={error} onSubmit={() => void sending.run(write)}>
      <TextAreaField
        id="message"
        label="Message"
        hint="The customer reads it with the booking."
        errors={sending.errorsOf("message")}
        rows={3}
        maxLength={1000}
        value={message}
        onInput={(text) => {
          setMessage(text);
          setOutcome("");
        }}
      />
      {sending.restOf(["message"]) && error && (
        <RejectionNotice title="Not sent" error={error} advice="Press the button again: however often you do, it is sent once." />
      )}
      <div class="actions message-actions">
        <Button type="submit" busy={sending.isBusy}>
          {sending.isBusy ? "Sending…" : "Send message"}
        </Button>
        <p class="hint" role="status">
          {outcome}
        </p>
      </div>
    </FormFrame>
  );
}
