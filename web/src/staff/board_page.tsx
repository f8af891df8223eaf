import type { QueueStatus } from "../api/booking";
import { Button } from "../controls/button";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { SearchBox } from "../controls/search_box";
import { locationQuery, locationStore, replaceQuery } from "../route";
import { useStore } from "../store";
import { useBoard } from "./board";
import { BoardView } from "./board_view";
import { FoundBookings } from "./found_bookings";
import { isReference, openBooking } from "./scanner";
import { isNew, markSeen, seenStore } from "./seen";
import { StaffFreshness } from "./staff_freshness";
import { StaffPage } from "./staff_page";

export function BoardPage() {
  const query = locationQuery(useStore(locationStore));
  const q = query.get("q") ?? "";
  const board = useBoard();
  const seen = useStore(seenStore);
  const columns = board.columns ?? [];
  const atHand = columns.flatMap(({ bookings }) => bookings);
  const fresh = atHand.filter((booking) => isNew(booking, seen)).map(({ id }) => id);
  const chosen: QueueStatus = columns.find(({ status }) => status === query.get("column"))?.status ?? "submitted";
  const show = (search: string, column: string) => replaceQuery({ q: search, column });

  return (
    <StaffPage
      title={fresh.length > 0 ? `(${fresh.length}) Board` : "Board"}
      heading="Board"
      lead={<StaffFreshness {...board} />}
    >
      <div class="board-tools">
        <SearchBox
          label="Search by reference, name or e-mail"
          value={q}
          onSearch={(text) => show(text, chosen)}
          onEnter={(text) => (isReference(text) ? openBooking(text) : show(text, chosen))}
        />
        {fresh.length > 0 && <Button onPress={() => markSeen(fresh)}>Mark all as seen</Button>}
      </div>
      {q ? (
        <FoundBookings q={q} atHand={atHand} />
      ) : board.columns ? (
        <BoardView columns={columns} chosen={chosen} onChoose={(status) => show(q, status)} onMore={board.showMore} />
      ) : board.error ? (
        <ErrorNotice title="The board could not be loaded" error={board.error} onRetry={board.refresh} />
      ) : (
        <Loading label="Loading the board" lines={6} />
      )}
    </StaffPage>
  );
}
