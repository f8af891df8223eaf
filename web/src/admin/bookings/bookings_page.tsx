import { fetchAllBookings } from "../../api/booking";
import { locationQuery, locationStore, replaceQuery } from "../../app/route";
import { statusLabels } from "../../booking/lifecycle";
import { Freshness } from "../../controls/freshness";
import { Empty } from "../../controls/list/empty";
import { PrintedChoice } from "../../controls/list/printed_choice";
import { SearchBox } from "../../controls/list/search_box";
import { SelectField } from "../../controls/list/select_field";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { pageNumber, useListPage } from "../list_pages";
import { LoadFailure } from "../load_failure";
import { Pager } from "../pager";
import { BookingTable } from "./booking_table";
import { bookingsQueryMembers, parseBookingsQuery, parseSort, rowChoices, sorts, type BookingsQuery } from "./bookings_query";
import { ExportButton } from "./export_button";
import { statuses } from "../../lib/tables";

export function BookingsPage() {
  const list = useListPage((query, signal) => {
    const { rows, ...filter } = parseBookingsQuery(query);
    return fetchAllBookings({ ...filter, limit: rows, cursor: query.get("cursor") }, signal);
  }, "living");
  const { location, result, page, isStale } = list;
  const query = parseBookingsQuery(list.query);
  const { rows, ...filter } = query;
  // A change begins at the first page. Two changes may follow each other before this page renders again.
  const changeQuery = (changes: Partial<BookingsQuery>) => {
    const now = parseBookingsQuery(locationQuery(locationStore.get()));
    replaceQuery(bookingsQueryMembers({ ...now, ...changes }));
  };
  const isNarrowed = query.status !== "" || query.q !== "";
  const hasOldestFirst = query.sort === "created_at" || query.sort === "pickup_date";

  return (
    <Page title="Bookings" lead={<Freshness query={result} />}>
      <div class="table-tools">
        <SearchBox label="Search by name, reference, address, date or item" value={query.q} onSearch={(q) => changeQuery({ q })} />
        <SelectField
          id="status"
          label="State"
          value={query.status}
          onChange={(chosen) => changeQuery({ status: statuses.find((one) => one === chosen) ?? "" })}
        >
          <option value="">All</option>
          {statuses.map((one) => (
            <option key={one} value={one}>
              {statusLabels[one]}
            </option>
          ))}
        </SelectField>
        <div class="cards-only">
          <SelectField id="sort" label="Sort" value={query.sort} onChange={(sort) => changeQuery({ sort: parseSort(sort) })}>
            {Object.entries(sorts).map(([sort, label]) => (
              <option key={sort} value={sort}>
                {label}
              </option>
            ))}
          </SelectField>
        </div>
        {page?.count !== 0 && <ExportButton filter={filter} />}
      </div>
      {page && (
        <PrintedChoice
          words={[
            query.status ? `State: ${statusLabels[query.status]}` : "All states",
            query.q && `Search: “${query.q}”`,
            sorts[query.sort],
            `Page ${pageNumber(list.query)}${page.next_cursor ? ", more follow" : ""}`,
          ]}
        />
      )}
      {list.failed && result.error && (
        <LoadFailure title="The bookings could not be loaded" error={result.error} onRetry={result.refresh} />
      )}
      {!page && !list.failed && <Loading label="Loading the bookings" lines={8} />}
      {page?.bookings.length === 0 && (
        <Empty title={isNarrowed ? "No booking matches" : "No bookings yet"}>
          {isNarrowed && <a href="/admin/bookings">Show all bookings</a>}
        </Empty>
      )}
      {page && page.bookings.length > 0 && (
        <BookingTable bookings={page.bookings} sort={query.sort} isStale={isStale} onSort={(sort) => changeQuery({ sort })} />
      )}
      {page && page.bookings.length > 0 && (
        <div class="list-foot">
          <Pager
            label="Pages of bookings"
            location={location}
            next={page.next_cursor}
            isStale={isStale}
            {...(hasOldestFirst ? { back: "Earlier", on: "Later" } : {})}
          />
          <SelectField id="rows" label="Rows" value={String(rows)} onChange={(chosen) => changeQuery({ rows: Number(chosen) })}>
            {rowChoices.map((one) => (
              <option key={one} value={String(one)}>
                {one}
              </option>
            ))}
          </SelectField>
        </div>
      )}
    </Page>
  );
}
