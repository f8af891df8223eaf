#include "storage/copy/recount.h"

#include <string_view>

#include "domain/clock.h"
#include "storage/json_text.h"
#include "storage/stored_text.h"

namespace hss::storage {
namespace {

const Table& bookings() {
  static const Table& table = copied_table("bookings");
  return table;
}

const Table& payments() {
  static const Table& table = copied_table("payments");
  return table;
}

/// Its Monday; empty for a time that this program did not write, which no week counts.
std::string week_of(const std::string& time) {
  return is_stored_time(time) ? domain::to_week(domain::from_rfc3339(time)) : "";
}

bool is_of_totals(const Table& table) {
  return std::string_view(table.name()).ends_with("_totals");
}

}  // namespace

void Recount::see(const Table& table, const Row& row) {
  if (&table == &bookings()) return see_booking(row);
  if (&table == &payments()) return see_payment(row);
  if (!is_of_totals(table)) return;
  std::string name = table.name();
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool is_key = !table.key().empty() && i == 0;
    if (!is_key) {
      numbers.push_back(integer_of(row[i]));
    } else if (const auto* number = std::get_if<std::int64_t>(&row[i])) {
      name += " " + std::to_string(*number);
    } else {
      name += " " + text_of(row[i]);
    }
  }
  kept_[name] = {numbers.at(0), numbers.size() > 1 ? numbers[1] : 0};
}

void Recount::see_booking(const Row& row) {
  static const std::size_t seq = bookings().index_of("seq");
  static const std::size_t status = bookings().index_of("status");
  static const std::size_t total = bookings().index_of("total");
  static const std::size_t created_at = bookings().index_of("created_at");
  static const std::size_t months = bookings().index_of("duration_months");
  static const std::size_t items = bookings().index_of("items");
  static const std::size_t item_count = bookings().index_of("item_count");
  if (integer_of(row[seq]) > counted_) return;
  auto& of_status = right_["status_totals " + text_of(row[status])];
  ++of_status.first;
  of_status.second += integer_of(row[total]);
  ++right_["duration_totals " + std::to_string(integer_of(row[months]))].first;
  if (const std::string week = week_of(text_of(row[created_at])); !week.empty()) {
    ++right_["week_totals " + week].first;
  }
  for (const std::string& type :
       item_types_of(text_of(row[items]), static_cast<std::size_t>(integer_of(row[item_count])))) {
    ++right_["item_totals " + type].first;
  }
}

void Recount::see_payment(const Row& row) {
  static const std::size_t amount = payments().index_of("amount");
  static const std::size_t created_at = payments().index_of("created_at");
  auto& of_all = right_["payment_totals"];
  ++of_all.first;
  of_all.second += integer_of(row[amount]);
  if (const std::string week = week_of(text_of(row[created_at])); !week.empty()) {
    right_["week_totals " + week].second += integer_of(row[amount]);
  }
}

std::vector<std::string> Recount::differences() const {
  std::vector<std::string> names;
  Totals all = right_;
  all.insert(kept_.begin(), kept_.end());
  const auto find = [](const Totals& totals, const std::string& name) {
    const auto found = totals.find(name);
    return found == totals.end() ? Totals::mapped_type{} : found->second;
  };
  for (const auto& [name, unused] : all) {
    if (find(right_, name) != find(kept_, name)) names.push_back(name);
  }
  return names;
}

}  // namespace hss::storage
