#include "storage/copy/copy.h"

#include <algorithm>
#include <set>
#include <utility>

#include "storage/copy/end.h"
#include "storage/copy/recount.h"
#include "storage/copy/rows.h"
#include "storage/sql/audit_chain.h"
#include "storage/sql/moved.h"
#include "storage/sql/new_bookings.h"
#include "storage/sql/search.h"
#include "storage/sql/search_index.h"

namespace hss::storage {
namespace {

using domain::Error;
using domain::ErrorCode;

/// Bookings that are added to the search index at once: an engine can put their words in order.
constexpr std::size_t max_entries = 2'000;

Error reject(const std::string& sentence) {
  return {ErrorCode::conflict, sentence + "; nothing was changed"};
}

/// The last booking and its reference, empty if there is none.
std::pair<std::int64_t, std::string> last_booking(Connection& connection) {
  Query row(connection, "SELECT seq, id FROM bookings ORDER BY seq DESC LIMIT 1");
  if (!row.step()) return {};
  return {row.integer(0), row.text(1)};
}

std::set<std::string> account_ids(Connection& connection) {
  std::set<std::string> ids;
  const Table& accounts = copied_table("accounts");
  read_rows(connection, accounts,
            [&](const Row& row) { ids.insert(text_of(row[accounts.index_of("id")])); });
  return ids;
}

/// True if all that the data have to keep for ever is in the source's, too. Each event is tied to
/// all before it, so equal hashes mean equal beginnings.
bool is_beginning(Connection& data, Connection& source) {
  if (const ChainLink last = last_link(data); last.id > 0) {
    Query row(source, "SELECT hash FROM audit_events WHERE id = ?", last.id);
    if (!row.step() || row.blob(0) != last.hash) return false;
  }
  if (const auto [seq, id] = last_booking(data); seq > 0) {
    Query row(source, "SELECT id FROM bookings WHERE seq = ?", seq);
    if (!row.step() || row.text(0) != id) return false;
  }
  const auto ids = account_ids(data), known = account_ids(source);
  return std::includes(known.begin(), known.end(), ids.begin(), ids.end());
}

class Move {
 public:
  Move(CopyEnd& from, CopyTarget& to, const std::function<void(const CopyStep&)>& progress,
       std::stop_token stop)
      : from_(from), to_(to), progress_(progress), stop_(std::move(stop)) {}

  Copied run();

 private:
  void require_beginning();
  void verify_source();
  void copy_rows();
  void copy_table(const Table& table, Recount& recount);
  void write_positions();
  void verify_target();
  void mark_source();
  void step(const std::string& text);
  void see_row();

  CopyEnd& from_;
  CopyTarget& to_;
  const std::function<void(const CopyStep&)>& progress_;
  const std::stop_token stop_;
  CopyStep step_;
  Positions positions_;  ///< of the source
  ChainLink last_;       ///< likewise
  std::vector<RowSum> sums_;
  Copied copied_;
};

Copied Move::run() {
  from_.with_error_translation([&] {
    if (const std::string place = moved_to(from_.connection()); !place.empty()) {
      throw Error(ErrorCode::conflict, from_.text() + ": " + moved_away(place).what());
    }
    require_beginning();
    verify_source();
    to_.begin();
    copy_rows();
  });
  write_positions();
  verify_target();
  step("Looking through what was written");
  to_.require_sound(stop_);
  mark_source();
  return copied_;
}

void Move::require_beginning() {
  to_.see_present([&](Connection& present) {
    bool is_fit = false;
    to_.with_error_translation([&] { is_fit = is_beginning(present, from_.connection()); });
    if (is_fit) return;
    throw reject(to_.text() + " has data of its own, which are no beginning of those of " +
                 from_.text() + "; choose an empty database");
  });
}

void Move::verify_source() {
  Connection& connection = from_.connection();
  step("Looking through " + from_.text());
  from_.require_sound(stop_);
  step("Verifying the audit trail of " + from_.text());
  const domain::AuditReport trail = verify_chain(connection);
  if (trail.violation) {
    throw reject("The audit trail of " + from_.text() + " is not intact (" + *trail.violation +
                 ")");
  }
  copied_.events = trail.events;
  copied_.bookings = trail.bookings;
  positions_ = read_positions(connection);
  last_ = last_link(connection);
  for (const Table& table : copied_tables()) copied_.rows += count_rows(connection, table);
  step_.of = 2 * copied_.rows;
}

void Move::copy_rows() {
  Recount recount(positions_.counted);
  for (const Table& table : copied_tables()) copy_table(table, recount);
  copied_.wrong_totals = recount.differences();
}

void Move::copy_table(const Table& table, Recount& recount) {
  step(std::string("Copying ") + table.name());
  static const Table& bookings = copied_table("bookings");
  static const std::size_t seq = bookings.index_of("seq"), id = bookings.index_of("id"),
                           name = bookings.index_of("customer_name"),
                           email = bookings.index_of("email"),
                           address = bookings.index_of("address"),
                           phone = bookings.index_of("phone");
  Connection& target = to_.connection();
  RowWriter writer(target, table);
  RowSum sum;
  std::vector<SearchIndex::Entry> entries;
  const auto index_entries = [&] {
    target.search_index().insert(target, entries);
    entries.clear();
  };
  read_rows(from_.connection(), table, [&](const Row& row) {
    recount.see(table, row);
    sum.add(row);
    to_.with_error_translation([&] {
      writer.write(row);
      if (&table != &bookings) return;
      entries.push_back(
          {.seq = integer_of(row[seq]),
           .words = booking_words(text_of(row[id]), text_of(row[name]), text_of(row[email]),
                                  text_of(row[address]), text_of(row[phone]))});
      if (entries.size() >= max_entries) index_entries();
    });
    see_row();
  });
  to_.with_error_translation([&] {
    if (!entries.empty()) index_entries();
    writer.finish();
  });
  sums_.push_back(std::move(sum));
}

void Move::write_positions() {
  to_.with_error_translation([&] {
    Connection& target = to_.connection();
    execute(target, "UPDATE bookings_taken_in SET seq = ?", positions_.counted);
    execute(target, "UPDATE bookings_indexed SET seq = ?", positions_.last);
  });
  to_.finish(last_, positions_.last);
}

void Move::verify_target() {
  Connection& target = to_.connection();
  const auto differs = [&](const std::string& what) {
    return reject(to_.text() + " does not have what " + from_.text() + " has: " + what);
  };
  to_.with_error_translation([&] {
    std::size_t at = 0;
    for (const Table& table : copied_tables()) {
      step(std::string("Comparing ") + table.name());
      RowSum sum;
      read_rows(target, table, [&](const Row& row) {
        sum.add(row);
        see_row();
      });
      const RowSum& wanted = sums_[at++];
      if (sum.rows() != wanted.rows() || sum.sum() != wanted.sum()) {
        throw differs("the rows of " + std::string(table.name()));
      }
    }
    step("Verifying the audit trail of " + to_.text());
    const domain::AuditReport trail = verify_chain(target);
    if (trail.violation) throw differs(*trail.violation);
    const ChainLink last = last_link(target);
    if (trail.events != copied_.events || trail.bookings != copied_.bookings ||
        last.id != last_.id || last.hash != last_.hash) {
      throw differs("the audit trail");
    }
  });
}

/// The mark is written before the target is complete, and committed behind it: hardly anything is
/// left between the two that could fail.
void Move::mark_source() {
  step("Finishing");
  from_.with_error_translation([&] {
    require_beginning();
    execute(from_.connection(), "UPDATE moved_to SET place = ?", to_.text());
  });
  to_.commit();
  try {
    from_.commit();
  } catch (const Error& error) {
    throw Error(ErrorCode::unavailable,
                "All data are at " + to_.text() + ", but " + from_.text() +
                    " could not be marked as moved (" + error.what() +
                    "); do not start HSS on both, and say the command again");
  }
}

void Move::step(const std::string& text) {
  step_.text = text;
  progress_(step_);
  if (stop_.stop_requested()) throw reject("The copy was broken off");
}

void Move::see_row() {
  constexpr std::int64_t often = 1'000;
  if (++step_.rows % often != 0) return;
  progress_(step_);
  if (stop_.stop_requested()) throw reject("The copy was broken off");
}

}  // namespace

Copied move_data(const Place& from, const Place& to,
                 const std::function<void(const CopyStep&)>& progress, const Report& report,
                 const std::stop_token& stop) {
  const auto source = open_copy_source(from, report);
  const auto target = open_copy_target(to, report);
  return Move(*source, *target, progress, stop).run();
}

std::string undo_move(const Place& place, const Report& report) {
  const auto end = open_copy_source(place, report);
  std::string moved;
  end->with_error_translation([&] {
    moved = moved_to(end->connection());
    if (moved.empty()) throw reject(end->text() + " is not marked as moved");
    execute(end->connection(), "UPDATE moved_to SET place = ''");
  });
  end->commit();
  return moved;
}

}  // namespace hss::storage
