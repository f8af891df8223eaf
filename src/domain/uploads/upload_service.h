#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/accounts/principal.h"
#include "domain/clock.h"
#include "domain/reference.h"
#include "domain/store.h"
#include "domain/uploads/upload.h"
#include "domain/uploads/upload_form.h"

namespace hss::domain {

/// The size of a picture, in pixels; 0 for a document.
struct PixelSize {
  int width = 0, height = 0;
};

/// Says that nobody may use the upload any more; its files are erased later.
void mark_for_erasure(Tx& tx, Upload& upload, Instant now);
/// Writes into the audit trail that somebody deleted it.
void record_deletion(Tx& tx, const Upload& upload, const Caller& caller, Instant now);

/// The use cases for uploads, inside the unit of work or on the view that each receives. None reads
/// or writes a file. Thread-safe; has no state of its own.
///
/// Whoever may not see an upload gets Error{not_found}, in the same words as for one that does not
/// exist.
class UploadService {
 public:
  UploadService(Clock now, RandomBytes random, UploadLimits limits);

  const UploadLimits& limits() const { return limits_; }

  /// A new upload of the caller with a random id, which nothing has stored yet. `holder` is who it
  /// counts against. Throws Error{forbidden} if a customer asks for a purpose of staff.
  Upload promise(const UploadRequest& request, std::string holder,
                 const Principal& principal) const;

  /// Stores a new upload. Throws Error{rate_limited} with the limit in its details if its holder
  /// has too much that is unclaimed, or if all uploads together would have more than `max_bytes`;
  /// Error{not_found} for a booking that does not exist.
  void add(Tx& tx, const Upload& upload, std::optional<std::int64_t> max_bytes,
           const Caller& caller) const;

  /// The caller's own, which is not being erased. Throws Error{not_found}.
  Upload get_own(Reader& reader, std::string_view id, const Principal& principal) const;

  /// Records that the files are there and are what was promised; an upload for a booking is claimed
  /// by it. Does nothing the second time. Throws Error{not_found}.
  Upload complete(Tx& tx, std::string_view id, PixelSize size, const Caller& caller) const;

  /// Says that nobody may use it any more; its files are erased later. Its owner may, while no
  /// booking has it or the booking's items were not collected; staff always may, which is audited.
  /// Throws Error{not_found}, and Error{conflict} if it is too late for its owner.
  void erase(Tx& tx, std::string_view id, const Caller& caller) const;

  /// Says the same of at most `limit` that were due or that have outlived their bookings, and of
  /// those whose erasure failed earlier. Returns them; each is due again after a while, so that of
  /// several instances one erases it.
  std::vector<std::string> take_due(Tx& tx, int limit) const;
  /// True if take_due() would return some.
  bool has_due(Reader& reader) const;

 private:
  Upload get(Reader& reader, std::string_view id, const Principal& principal) const;
  std::string outlived_before() const;

  Clock now_;
  RandomBytes random_;
  UploadLimits limits_;
};

}  // namespace hss::domain
