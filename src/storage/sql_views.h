#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/store.h"
#include "storage/connection.h"

namespace hss::storage {

/// The finders in SQL, for a Reader on its own and for the reading half of a Tx.
template <class View>
class SqlView : public View {
 public:
  explicit SqlView(Connection& connection) : connection_(connection) {}

  std::optional<domain::Booking> find_booking(std::string_view id) override;
  std::vector<domain::Item> find_items(std::string_view booking_id) override;
  std::vector<domain::BookingStep> find_steps(std::string_view booking_id) override;
  domain::Slice<domain::Booking> list_bookings(const domain::BookingFilter& filter,
                                               const domain::Page& page) override;
  domain::Slice<domain::Booking> list_queue(std::optional<domain::Status> status,
                                            const domain::Page& page) override;
  domain::Slice<domain::AuditEvent> list_audit(const domain::AuditFilter& filter,
                                               const domain::Page& page) override;
  domain::Overview overview() override;
  domain::Statistics statistics(const std::vector<std::string>& weeks) override;
  domain::Catalog catalog() override;
  domain::AuditReport verify_audit() override;

 protected:
  Connection& connection_;
};

using SqlReader = SqlView<domain::Reader>;

/// One unit of work on the writing connection, inside a transaction that the writer opened.
class SqlTx final : public SqlView<domain::Tx> {
 public:
  using SqlView::SqlView;

  bool insert_booking(const domain::Booking& booking,
                      const std::vector<domain::Item>& items) override;
  void update_status(std::string_view booking_id, domain::Status status,
                     std::string_view updated_at) override;
  void insert_payment(std::string_view booking_id, const domain::Payment& payment) override;
  void insert_notification(const domain::Notification& notification,
                           std::string_view created_at) override;
  void append_audit(const domain::Event& event) override;
  std::optional<domain::RememberedAnswer> find_answer(std::string_view scope, std::string_view key,
                                                      std::string_view not_before) override;
  void insert_answer(const domain::RememberedAnswer& answer, std::string_view not_before) override;
};

}  // namespace hss::storage
