import { useState } from "preact/hooks";
import { fetchMessages, type Messages } from "../api/notification";
import { Button } from "../controls/button";
import { formatMoment } from "../lib/time";
import { pollEveryMs, useQuery, type Query } from "../live/query";

const shownAtOnce = 20;

export type ShownMessages = Query<Messages> & { showOlder: () => void };

/** Loads the newest messages to a booking's customer, and older ones on request. */
export function useMessages(id: string): ShownMessages {
  const [count, setCount] = useState(shownAtOnce);
  const result = useQuery((signal) => fetchMessages(id, count, signal), [id, count], pollEveryMs);
  return { ...result, showOlder: () => setCount(count + shownAtOnce) };
}

/** Lists our messages to the customer; renders nothing where there are none. */
export function BookingMessages({ messages: { data, showOlder } }: { messages: ShownMessages }) {
  if (!data?.messages.length) return null;
  return (
    <section class="card" aria-labelledby="messages-title">
      <h2 id="messages-title">Messages from us</h2>
      <MessageList {...data} onOlder={showOlder} />
    </section>
  );
}

export function MessageList({ messages, hasOlder, onOlder }: Messages & { onOlder: () => void }) {
  return (
    <>
      <div role="log" aria-label="Messages, newest first">
        <ol class="messages">
          {messages.map(({ message, created_at, actor }, index) => (
            <li key={messages.length - index}>
              <p>{message}</p>
              <time class="hint" dateTime={created_at}>
                {formatMoment(created_at)}
                {actor && `, by ${actor === "demo" ? "staff" : actor}`}
              </time>
            </li>
          ))}
        </ol>
      </div>
      {hasOlder && (
        <Button label="Show older messages" onPress={onOlder}>
          Show older
        </Button>
      )}
    </>
  );
}
