#pragma once

#include <cstdint>

#include "domain/calendar/calendar_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// Says that the calendar is about to be read.
void prefetch_calendar(Connection& connection);

/// The calendar, one document, and the places, a counter each. `Interface`: domain::CalendarReader,
/// or domain::CalendarWriter, which has all of it, too.
template <class Interface>
class CalendarQueries : public Interface {
 public:
  explicit CalendarQueries(Connection& connection) : connection_(connection) {}

  std::optional<domain::Calendar> find() override;
  domain::TakenPlaces taken(std::string_view first, std::string_view last) override;

 protected:
  Connection& connection_;
};

using SqlCalendarReader = CalendarQueries<domain::CalendarReader>;

class SqlCalendarWriter final : public CalendarQueries<domain::CalendarWriter> {
 public:
  SqlCalendarWriter(Connection& connection, TxCache& cache)
      : CalendarQueries(connection), cache_(cache) {}

  std::optional<domain::Calendar> find() override;
  void save(const domain::Calendar& calendar, std::string_view updated_at) override;
  void take(const domain::Place& place) override { add(place, 1); }
  void give_back(const domain::Place& place) override { add(place, -1); }

 private:
  void add(const domain::Place& place, std::int64_t taken);
  void count_all_bookings();

  TxCache& cache_;
};

}  // namespace hss::storage
