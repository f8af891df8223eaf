import { useState } from "preact/hooks";
import type { Booking, Status } from "../api/booking";
import type { ApiError } from "../api/client";
import { Button } from "../controls/button";
import { Empty } from "../controls/empty";
import { Freshness } from "../controls/freshness";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { SearchBox } from "../controls/search_box";
import { Page } from "../shell/page";
import { DeclineDialog } from "./decline_dialog";
import { useQueue } from "./queue";
import { QueueCard } from "./queue_card";
import { QueueFilter } from "./queue_filter";

interface Refusal {
  id: string;
  error: ApiError;
}

export function BoardPage() {
  const [search, setSearch] = useState("");
  const [shown, setShown] = useState<Status | null>(null);
  const [declining, setDeclining] = useState<Booking | null>(null);
  const [news, setNews] = useState("");
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const queue = useQueue(search);
  const bookings = queue.data?.bookings ?? [];
  const listed = shown && !search ? bookings.filter(({ status }) => status === shown) : bookings;

  const changed = async (text: string) => {
    setNews(text);
    setRefusal(null);
    await queue.refresh();
  };
  // Another desk may have been faster; the card can be gone with the next answer, so the page tells it.
  const refused = async (booking: Booking, error: ApiError) => {
    setRefusal({ id: booking.id, error });
    await queue.refresh();
  };

  return (
    <Page title="Staff queue" lead={<Freshness loaded={queue} />}>
      <div class="queue-tools">
        <SearchBox label="Search by reference, name or e-mail" value={search} onSearch={setSearch} />
        {!search && <QueueFilter bookings={bookings} shown={shown} onChange={setShown} />}
      </div>
      <p class="visually-hidden" role="status">
        {news}
      </p>
      {refusal && (
        <ErrorNotice
          title={refusal.error.leavesDoubt ? `No answer about ${refusal.id}` : `Nothing was changed on ${refusal.id}`}
          error={refusal.error}
        />
      )}
      {queue.error && !queue.data && (
        <ErrorNotice title="The queue could not be loaded" error={queue.error} onRetry={() => void queue.refresh()} />
      )}
      {!queue.data && !queue.error && <Loading label="Loading the queue" lines={6} />}
      {queue.data && listed.length === 0 && (
        <Empty title={search ? "No booking matches" : shown ? "None in this state" : "The queue is empty"}>
          <p class="hint">{search ? "Search looks at every booking, finished ones too." : "New bookings appear here by themselves."}</p>
        </Empty>
      )}
      <ul class="queue" aria-label={search ? "Bookings found" : "Queue, oldest first"}>
        {listed.map((booking) => (
          <QueueCard
            key={booking.id}
            booking={booking}
            onChanged={changed}
            onRefused={(error) => refused(booking, error)}
            onDecline={() => setDeclining(booking)}
          />
        ))}
      </ul>
      {queue.data?.has_more && !search && (
        <div class="more">
          <Button busy={queue.loading} onPress={queue.loadMore}>
            Load more
          </Button>
        </div>
      )}
      {queue.data?.has_more && search && <p class="hint">More bookings match. Search for more letters to narrow them down.</p>}
      {declining && <DeclineDialog booking={declining} onDeclined={changed} onClose={() => setDeclining(null)} />}
    </Page>
  );
}
