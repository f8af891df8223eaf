#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/uploads/upload.h"

namespace hss::domain {

/// Uploads that no booking has yet.
struct Unclaimed {
  std::int64_t count = 0;
  std::int64_t bytes = 0;
  std::string first_due_at;  ///< of the one that goes first; empty if there is none
};

/// The ids of photos by the id of their booking.
using PhotosOfBookings = std::map<std::string, std::vector<std::string>>;

struct UploadTotals {
  std::int64_t files = 0;
  std::int64_t bytes = 0;  ///< as promised, so that nobody sends more than there is room for
  std::int64_t unclaimed = 0;
};

/// Uploads in one view of the data. May throw as Reader says.
class UploadReader {
 public:
  virtual ~UploadReader() = default;

  virtual std::optional<Upload> find(std::string_view id) = 0;
  /// Those that the booking has, by item, those of no item last, in the order of their creation.
  virtual std::vector<Upload> list_claimed(std::string_view booking_id) = 0;
  /// The ids of the photos that each of these bookings has, in that order; none for one without.
  virtual PhotosOfBookings list_photos(const std::vector<std::string>& booking_ids) = 0;
  virtual Unclaimed count_unclaimed(std::string_view holder, UploadPurpose purpose) = 0;
  virtual UploadTotals totals() = 0;
  /// At most `limit` that are to be erased: unclaimed ones and failed erasures that were due by
  /// `now`.
  virtual std::vector<std::string> list_due(std::string_view now, int limit) = 0;
  /// At most `limit` of bookings that were returned, declined or cancelled before `ended_before`.
  virtual std::vector<std::string> list_outlived(std::string_view ended_before, int limit) = 0;
  /// At most `limit` whose files must be there, with an id after `after`, sorted by id.
  virtual std::vector<Upload> list_stored(std::string_view after, int limit) = 0;
};

class UploadWriter : public UploadReader {
 public:
  /// Returns false and does nothing if the id is taken.
  [[nodiscard]] virtual bool insert(const Upload& upload) = 0;
  /// Stores its state, size in pixels, booking, item and due_at.
  virtual void update(const Upload& upload) = 0;
  /// Removes it if it is being erased.
  virtual void remove_erased(std::string_view id) = 0;
};

}  // namespace hss::domain
