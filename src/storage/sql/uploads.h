#pragma once

#include <string>

#include "domain/uploads/upload_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// What list_photos() asks, for the test of how SQLite finds it.
const std::string& photos_of_bookings_sql();

/// Uploads. `Interface` is domain::UploadReader, or domain::UploadWriter, which includes it.
template <class Interface>
class UploadQueries : public Interface {
 public:
  explicit UploadQueries(Connection& connection) : connection_(connection) {}

  std::optional<domain::Upload> find(std::string_view id) override;
  std::vector<domain::Upload> list_claimed(std::string_view booking_id) override;
  domain::PhotosOfBookings list_photos(const std::vector<std::string>& booking_ids) override;
  domain::Unclaimed count_unclaimed(std::string_view holder,
                                    domain::UploadPurpose purpose) override;
  domain::UploadTotals totals() override;
  std::vector<std::string> list_due(std::string_view now, int limit) override;
  std::vector<std::string> list_outlived(std::string_view ended_before, int limit) override;
  std::vector<domain::Upload> list_stored(std::string_view after, int limit) override;

 protected:
  Connection& connection_;
};

using SqlUploadReader = UploadQueries<domain::UploadReader>;

class SqlUploadWriter final : public UploadQueries<domain::UploadWriter> {
 public:
  using UploadQueries::UploadQueries;

  bool insert(const domain::Upload& upload) override;
  void update(const domain::Upload& upload) override;
  void remove_erased(std::string_view id) override;
};

}  // namespace hss::storage
