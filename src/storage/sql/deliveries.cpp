#include "storage/sql/deliveries.h"

#include <algorithm>
#include <limits>

#include "crypto/digest.h"
#include "storage/damage.h"
#include "storage/json_text.h"
#include "storage/sql/page.h"

namespace hss::storage {
namespace {

using domain::Delivery;
using domain::DeliveryState;

constexpr std::size_t fingerprint_bytes = 6;

/// The states are part of the text, as the index of one state is no use for another.
const char* select_deliveries(bool of_target, std::optional<DeliveryState> state) {
#define NEWEST_FIRST                                             \
  " AND d.event_id <= ?2 AND (d.event_id < ?2 OR d.target > ?3)" \
  " ORDER BY d.event_id DESC, d.target LIMIT ?4 OFFSET ?5"
#define OF_TARGET(by) SELECT_DELIVERIES(by) "d.target = ?1"
#define OF_ANY(by) SELECT_DELIVERIES(by) "?1 = ''"
  if (!state) return of_target ? OF_TARGET("") NEWEST_FIRST : OF_ANY("") NEWEST_FIRST;
  switch (*state) {
#define WAITING(of) \
  of("INDEXED BY deliveries_waiting_by_booking") " AND d.state = 'waiting'" NEWEST_FIRST
#define DEAD(of) of("INDEXED BY deliveries_dead") " AND d.state = 'dead'" NEWEST_FIRST
    case DeliveryState::waiting:
      return of_target ? WAITING(OF_TARGET) : WAITING(OF_ANY);
    case DeliveryState::dead_lettered:
      return of_target ? DEAD(OF_TARGET) : DEAD(OF_ANY);
    case DeliveryState::delivered:
      break;
  }
  return of_target ? OF_TARGET("") " AND d.state = 'delivered'" NEWEST_FIRST
                   : OF_ANY("") " AND d.state = 'delivered'" NEWEST_FIRST;
}

/// The row that a page follows.
struct Cursor {
  std::int64_t event_id = std::numeric_limits<std::int64_t>::max();
  std::string target;
};

Cursor read_cursor(const domain::Page& page) {
  if (!page.cursor) return {};
  const std::string& text = *page.cursor;
  const auto dot = std::min(text.find('.'), text.size());
  const bool is_number = dot > 0 && dot <= 18 && dot < text.size() &&
                         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(dot),
                                     [](char c) { return c >= '0' && c <= '9'; });
  if (is_number) return {std::stoll(text.substr(0, dot)), text.substr(dot + 1)};
  throw bad_cursor();
}

}  // namespace

domain::OutboxEvent outbox_event_of(const Query& row) {
  require_json(row.text(3));
  return {.id = row.integer(0),
          .type = row.text(1),
          .booking_id = row.optional_text(2),
          .payload = row.text(3),
          .occurred_at = row.text(4),
          .owner = row.optional_text(5),
          .fingerprint = crypto::to_hex(row.blob(6).substr(0, fingerprint_bytes))};
}

Delivery delivery_of(const Query& row) {
  return {.target = row.text(7),
          .event = outbox_event_of(row),
          .state = require_known(domain::find_delivery_state(row.text(8)), "a state"),
          .tries = static_cast<int>(row.integer(9)),
          .next_try_at = row.text(10),
          .first_failed_at = row.text(11),
          .status_code = static_cast<int>(row.integer(12)),
          .error = row.text(13),
          .took_ms = row.integer(14),
          .updated_at = row.text(15)};
}

domain::Slice<Delivery> list_deliveries(Connection& connection,
                                        const std::optional<std::string>& target,
                                        std::optional<DeliveryState> state,
                                        const domain::Page& page) {
  domain::Slice<Delivery> slice;
  const Cursor before = read_cursor(page);
  for (Query rows(connection, select_deliveries(target.has_value(), state), target.value_or(""),
                  before.event_id, before.target, page.limit + 1, page.offset);
       rows.step();) {
    if (slice.rows.size() == static_cast<std::size_t>(page.limit)) {
      const Delivery& last = slice.rows.back();
      slice.next_cursor = std::to_string(last.event.id) + "." + last.target;
      break;
    }
    slice.rows.push_back(delivery_of(rows));
  }
  return slice;
}

}  // namespace hss::storage
