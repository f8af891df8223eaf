import { fetchMessages, type SentMessage } from "../api/notification";
import { pollEveryMs, useLoaded } from "../loaded";
import { formatMoment } from "../time";

/** What we wrote to the customer; nothing where we have not. */
export function BookingMessages({ id }: { id: string }) {
  const { data: messages } = useLoaded((signal) => fetchMessages(id, signal), [id], pollEveryMs);
  if (!messages?.length) return null;
  return (
    <section class="card" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages from us</h2>
      <MessageList messages={messages} />
    </section>
  );
}

export function MessageList({ messages }: { messages: readonly SentMessage[] }) {
  return (
    <div role="log" aria-label="Messages">
      <ol class="messages">
        {messages.map(({ message, created_at }, index) => (
          <li key={index}>
            <p>{message}</p>
            <time class="hint" dateTime={created_at}>
              {formatMoment(created_at)}
            </time>
          </li>
        ))}
      </ol>
    </div>
  );
}
