import { demoEventTypes, eventTypes, fetchAudit, type EventType } from "../../api/audit";
import { locationQuery, locationStore, replaceQuery } from "../../app/route";
import { readReference } from "../../booking/reference";
import { Freshness } from "../../controls/freshness";
import { Empty } from "../../controls/list/empty";
import { PrintedChoice } from "../../controls/list/printed_choice";
import { SearchBox } from "../../controls/list/search_box";
import { SelectField } from "../../controls/list/select_field";
import { Loading } from "../../controls/loading";
import { Page } from "../../controls/page";
import { hasAccounts, roleStore } from "../../session/session";
import { pageNumber, useListPage } from "../list_pages";
import { LoadFailure } from "../load_failure";
import { Pager } from "../pager";
import { AuditChain } from "./audit_chain";
import { AuditEvents } from "./audit_events";

const pageSize = 50;

const typeLabels: Record<EventType, string> = {
  booking_submitted: "Bookings submitted",
  status_updated: "Status changes",
  payment_captured: "Payments",
  notification: "Notifications",
  booking_changed: "Changed bookings",
  failed_trip: "Failed trips",
  failed_trip_undone: "Failed trips undone",
  booking_claimed: "Bookings claimed",
  claim_code_made: "Claim codes made",
  webhook_added: "Webhooks added",
  webhook_changed: "Webhook changes",
  webhook_removed: "Webhooks removed",
  upload_deleted: "Photos deleted",
  calendar_changed: "Calendar changes",
  residences_changed: "Changes of residences",
  business_changed: "Business changes",
  catalog_changed: "Catalogue changes",
  account_created: "New accounts",
  account_changed: "Account changes",
  password_changed: "Passwords set",
  pin_changed: "PINs set",
  pin_locked: "PINs locked",
  link_made: "Password links",
  screen_opened: "Shared screens opened",
  screen_ended: "Shared screens ended",
};

function auditFilter(query: URLSearchParams): { booking_id: string; event_type: EventType | "" } {
  return { booking_id: query.get("booking_id") ?? "", event_type: eventTypes.find((one) => one === query.get("event_type")) ?? "" };
}

export function AuditPage() {
  const list = useListPage((query, signal) => {
    const { booking_id, event_type } = auditFilter(query);
    return fetchAudit(
      { booking_id: readReference(booking_id) ?? booking_id, event_type, cursor: query.get("cursor"), limit: pageSize },
      signal,
    );
  });
  const { location, result, page, isStale } = list;
  const filter = auditFilter(list.query);
  // Two changes may follow each other before this page renders again.
  const changeQuery = (changes: Record<string, string>) => replaceQuery({ ...auditFilter(locationQuery(locationStore.get())), ...changes });
  const isNarrowed = filter.booking_id !== "" || filter.event_type !== "";

  return (
    <Page title="Audit trail" lead={<Freshness query={result} />}>
      {roleStore.get() === "admin" && !list.failed && <AuditChain />}
      <div class="table-tools">
        <SearchBox label="Booking reference" value={filter.booking_id} onSearch={(booking_id) => changeQuery({ booking_id })} />
        <SelectField id="event-type" label="Event" value={filter.event_type} onChange={(event_type) => changeQuery({ event_type })}>
          <option value="">All</option>
          {(hasAccounts() ? eventTypes : demoEventTypes).map((one) => (
            <option key={one} value={one}>
              {typeLabels[one]}
            </option>
          ))}
        </SelectField>
      </div>
      {list.failed && result.error && (
        <LoadFailure title="The audit trail could not be loaded" error={result.error} onRetry={result.refresh} />
      )}
      {!page && !list.failed && <Loading label="Loading the audit trail" lines={8} />}
      {page?.events.length === 0 && (
        <Empty title={isNarrowed ? "No event matches" : "Nothing has happened yet"}>
          {filter.booking_id && <p class="hint">A booking is found by its whole reference: HSS- and ten characters.</p>}
          {isNarrowed && <a href="/admin/audit">Show all events</a>}
        </Empty>
      )}
      {page && page.events.length > 0 && (
        <>
          <p class="hint">Newest first. Times are South African (SAST).</p>
          <PrintedChoice
            words={[
              filter.event_type ? typeLabels[filter.event_type] : "All events",
              filter.booking_id && `Booking ${filter.booking_id}`,
              `Page ${pageNumber(list.query)}${page.next_cursor ? ", older ones follow" : ""}`,
            ]}
          />
          <AuditEvents events={page.events} isStale={isStale} />
        </>
      )}
      {page && <Pager label="Pages of events" location={location} next={page.next_cursor} isStale={isStale} />}
    </Page>
  );
}
