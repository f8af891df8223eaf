import { useRef } from "preact/hooks";
import type { QueueStatus } from "../../api/booking";
import { locationQuery, locationStore, replaceQuery } from "../../app/route";
import { namedReference, searchedText } from "../../booking/reference";
import { Button } from "../../controls/button";
import { SearchBox } from "../../controls/list/search_box";
import { Loading } from "../../controls/loading";
import { ErrorNotice } from "../../controls/notice";
import { useStore } from "../../lib/store";
import { FoundBookings } from "../search/found_bookings";
import { openBooking } from "../search/scanner";
import { StaffFreshness } from "../staff_freshness";
import { StaffPage } from "../staff_page";
import { nextAction } from "../outbox/actions";
import { useBoard, type Column } from "./board";
import { BoardView } from "./board_view";
import { isNew, markSeen, seenStore } from "./seen";

/** The first column with work for staff when the page was opened: what is done there must not turn the page. */
function useStart(columns: readonly Column[] | null): QueueStatus {
  const start = useRef<QueueStatus | null>(null);
  if (columns) start.current ??= columns.find(({ status, count }) => count > 0 && nextAction(status))?.status ?? "submitted";
  return start.current ?? "submitted";
}

export function BoardPage() {
  const query = locationQuery(useStore(locationStore));
  const typed = query.get("q") ?? "";
  const q = searchedText(typed);
  const board = useBoard();
  const seen = useStore(seenStore);
  const columns = board.columns ?? [];
  const localBookings = columns.flatMap(({ bookings }) => bookings);
  const fresh = localBookings.filter((booking) => isNew(booking, seen)).map(({ id }) => id);
  const start = useStart(board.columns);
  const chosen: QueueStatus = columns.find(({ status }) => status === query.get("column"))?.status ?? start;
  // Two changes may follow each other before this page renders again.
  const show = (changes: { q?: string; column?: string }) => {
    const now = locationQuery(locationStore.get());
    replaceQuery({ q: now.get("q") ?? "", column: now.get("column") ?? "", ...changes });
  };

  return (
    <StaffPage title={fresh.length > 0 ? `(${fresh.length}) Board` : "Board"} heading="Board" lead={<StaffFreshness {...board} />}>
      <div class="board-tools">
        <SearchBox
          label="Search by name, reference, address, date or item"
          value={typed}
          onSearch={(text) => show({ q: text })}
          onEnter={(text) => {
            const id = namedReference(text);
            if (id) openBooking(id);
            else show({ q: text });
          }}
        />
        {fresh.length > 0 && <Button onPress={() => markSeen(fresh)}>Mark all as seen</Button>}
      </div>
      {q ? (
        <FoundBookings q={q} localBookings={localBookings} />
      ) : board.columns ? (
        <BoardView columns={columns} chosen={chosen} onChoose={(status) => show({ column: status })} onMore={board.showMore} />
      ) : board.error ? (
        <ErrorNotice title="The board could not be loaded" error={board.error} onRetry={board.refresh} />
      ) : (
        <Loading label="Loading the board" lines={6} />
      )}
    </StaffPage>
  );
}
