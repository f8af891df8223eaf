import { fetchAllBookings, statuses } from "../api/booking";
import { statusLabels } from "../booking/lifecycle";
import { Empty } from "../controls/empty";
import { Freshness } from "../controls/freshness";
import { Loading } from "../controls/loading";
import { ErrorNotice } from "../controls/notice";
import { SearchBox } from "../controls/search_box";
import { SelectField } from "../controls/select_field";
import { pollEveryMs, useLoaded } from "../loaded";
import { locationQuery, locationStore, replaceQuery } from "../route";
import { Page } from "../shell/page";
import { useStore } from "../store";
import { BookingTable } from "./booking_table";
import { useCursorTrail } from "./cursor_trail";
import { Pager } from "./pager";

const pageSize = 25;

export function BookingsPage() {
  const query = locationQuery(useStore(locationStore));
  const status = query.get("status") ?? "";
  const q = query.get("q") ?? "";
  const trail = useCursorTrail();
  const loaded = useLoaded(
    (signal) => fetchAllBookings({ status, q, cursor: trail.cursor, limit: pageSize }, signal),
    [status, q, trail.cursor],
    pollEveryMs,
  );
  const narrow = (changes: { status?: string; q?: string }) => {
    trail.restart();
    replaceQuery({ status, q, ...changes });
  };

  return (
    <Page title="Bookings" lead={<Freshness loaded={loaded} />}>
      <div class="table-tools">
        <SearchBox label="Search by reference, name or e-mail" value={q} onSearch={(text) => narrow({ q: text })} />
        <SelectField id="status" label="State" value={status} onChange={(chosen) => narrow({ status: chosen })}>
          <option value="">All</option>
          {statuses.map((one) => (
            <option key={one} value={one}>
              {statusLabels[one]}
            </option>
          ))}
        </SelectField>
      </div>
      {loaded.error && !loaded.data && (
        <ErrorNotice title="The bookings could not be loaded" error={loaded.error} onRetry={() => void loaded.refresh()} />
      )}
      {!loaded.data && !loaded.error && <Loading label="Loading the bookings" lines={8} />}
      {loaded.data?.bookings.length === 0 && (
        <Empty title={status || q ? "No booking matches" : "No bookings yet"} />
      )}
      {loaded.data && loaded.data.bookings.length > 0 && <BookingTable bookings={loaded.data.bookings} />}
      <Pager label="Pages of bookings" trail={trail} next={loaded.data?.next_cursor ?? null} />
    </Page>
  );
}
