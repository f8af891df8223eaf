#pragma once

#include "domain/bookings/booking_store.h"
#include "storage/sql/connection.h"
#include "storage/sql/tx_cache.h"

namespace hss::storage {

/// Bookings. `Interface` is domain::BookingReader, or domain::BookingWriter, which includes it.
template <class Interface>
class BookingQueries : public Interface {
 public:
  explicit BookingQueries(Connection& connection) : connection_(connection) {}

  std::optional<domain::Booking> find(std::string_view id) override;
  std::vector<domain::Item> find_items(std::string_view booking_id) override;
  std::vector<domain::BookingStep> find_steps(std::string_view booking_id) override;
  std::vector<domain::BookingEvent> find_events(std::string_view booking_id) override;
  std::optional<domain::FailedTrip> find_failed_trip(std::string_view booking_id,
                                                     std::string_view client_id) override;
  int count_failed_trips(std::string_view booking_id, const domain::FailedTrip& stop) override;
  domain::Slice<domain::Booking> list(const domain::BookingFilter& filter,
                                      const domain::Page& page) override;
  domain::Slice<domain::Booking> list_queue(std::optional<domain::Status> status,
                                            const domain::Page& page) override;
  std::vector<domain::BookingWithItems> list_pickups(std::string_view date, int limit) override;
  std::vector<domain::BookingWithItems> list_returns(std::string_view date, int limit) override;
  std::vector<domain::Booking> list_overdue(std::string_view date, int limit) override;
  std::int64_t count_overdue(std::string_view date) override;

 protected:
  Connection& connection_;
};

using SqlBookingReader = BookingQueries<domain::BookingReader>;

class SqlBookingWriter final : public BookingQueries<domain::BookingWriter> {
 public:
  SqlBookingWriter(Connection& connection, TxCache& cache)
      : BookingQueries(connection), cache_(cache) {}

  bool insert(const domain::Booking& booking, const std::vector<domain::Item>& items) override;
  void update_status(const domain::Booking& booking) override;
  void insert_payment(std::string_view booking_id, const domain::Payment& payment) override;
  std::string change(const domain::Booking& before, const domain::Booking& after,
                     const std::optional<domain::ItemsChange>& items, std::string_view salt,
                     std::string_view personal) override;
  void count_version(std::string_view booking_id) override;
  void insert_failed_trip(const domain::Booking& booking, const domain::FailedTrip& trip) override;
  void update_failed_trip(const domain::Booking& booking, const domain::FailedTrip& trip) override;

 private:
  std::int64_t last_seq();
  std::int64_t seq_of(std::string_view booking_id);
  void update_trips(const domain::Booking& booking);

  TxCache& cache_;
};

}  // namespace hss::storage
