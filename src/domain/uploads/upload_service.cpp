#include "domain/uploads/upload_service.h"

#include <algorithm>
#include <utility>

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::domain {
namespace {

/// The pause between two tries to erase the same files.
constexpr std::chrono::minutes between_erasures(5);

Error no_such_upload(std::string_view id) {
  return {ErrorCode::not_found, "There is no upload " + excerpt(id)};
}

/// In demo mode all customers are the same one.
bool owns(const Principal& principal, const Upload& upload) {
  if (!principal.is_authenticated() || principal.auth_method == AuthMethod::kiosk) return false;
  return upload.owner == principal.account_id;
}

bool is_collected(Status status) {
  using enum Status;
  return status == collected || status == in_storage || status == returned;
}

Error too_many(const std::string& what, const std::string& limit, std::chrono::seconds wait) {
  return Error::rate_limited(what, wait, {limit});
}

}  // namespace

void mark_for_erasure(Tx& tx, Upload& upload, Instant now) {
  upload.state = UploadState::erasing;
  upload.due_at = to_rfc3339(now);
  tx.uploads().update(upload);
}

void record_deletion(Tx& tx, const Upload& upload, const Caller& caller, Instant now) {
  tx.audit().append({.type = "upload_deleted",
                     .booking_id = upload.booking_id,
                     .payload = {{"upload_id", upload.id},
                                 {"purpose", std::string(to_text(upload.purpose))},
                                 {"sha256", upload.full.sha256}},
                     .actor = caller.actor(),
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = to_rfc3339(now)});
}

UploadService::UploadService(Clock now, RandomBytes random, UploadLimits limits)
    : now_(std::move(now)), random_(std::move(random)), limits_(limits) {}

Upload UploadService::promise(const UploadRequest& request, std::string holder,
                              const Principal& principal) const {
  if (request.purpose != UploadPurpose::item && !principal.is_staff()) {
    throw Error(ErrorCode::forbidden, "Only staff send photos and documents of a booking",
                {"required_roles=['admin', 'staff']"});
  }
  const Instant now = now_();
  return {.id = new_reference(upload_prefix, random_),
          .purpose = request.purpose,
          .owner = principal.account_id,
          .holder = std::move(holder),
          .booking_id = request.booking_id,
          .full = request.full,
          .thumb = request.thumb,
          .created_at = to_rfc3339(now),
          .due_at = to_rfc3339(now + limits_.claimed_within)};
}

void UploadService::add(Tx& tx, const Upload& upload, std::optional<std::int64_t> max_bytes,
                        const Caller& caller) const {
  if (upload.booking_id) tx.bookings().get(*upload.booking_id, caller.principal);
  const Unclaimed before = tx.uploads().count_unclaimed(upload.holder, upload.purpose);
  const auto wait = [&] {
    using std::chrono::seconds;
    if (before.first_due_at.empty()) return seconds(60);
    const auto left = from_rfc3339(before.first_due_at) - now_();
    return std::max(seconds(1), std::chrono::ceil<seconds>(left));
  };
  if (before.count >= limits_.max_unclaimed) {
    throw too_many("You have " + std::to_string(before.count) +
                       " photos that no booking has yet; book with them, or delete some",
                   "max_unclaimed=" + std::to_string(limits_.max_unclaimed), wait());
  }
  if (before.bytes + upload.bytes() > limits_.max_unclaimed_bytes) {
    throw too_many(
        "Your photos that no booking has yet are too large together; book with them, or "
        "delete some",
        "max_unclaimed_bytes=" + std::to_string(limits_.max_unclaimed_bytes), wait());
  }
  if (max_bytes && tx.uploads().totals().bytes + upload.bytes() > *max_bytes) {
    throw too_many("There is no room for more photos just now",
                   "max_stored_bytes=" + std::to_string(*max_bytes), std::chrono::hours(1));
  }
  if (tx.uploads().insert(upload)) return;
  throw Error(ErrorCode::unavailable, "No free upload id was found; please try again");
}

Upload UploadService::get_own(Reader& reader, std::string_view id,
                              const Principal& principal) const {
  Upload upload = get(reader, id, principal);
  if (!owns(principal, upload)) throw no_such_upload(id);
  return upload;
}

Upload UploadService::get(Reader& reader, std::string_view id, const Principal& principal) const {
  auto upload = reader.uploads().find(id);
  const bool is_there = upload && upload->state != UploadState::erasing &&
                        (owns(principal, *upload) || principal.is_staff());
  if (!is_there) throw no_such_upload(id);
  return *std::move(upload);
}

Upload UploadService::complete(Tx& tx, std::string_view id, PixelSize size,
                               const Caller& caller) const {
  Upload upload = get_own(tx, id, caller.principal);
  if (upload.state != UploadState::waiting) return upload;
  if (upload.due_at <= to_rfc3339(now_())) throw no_such_upload(id);
  upload.state = upload.booking_id ? UploadState::claimed : UploadState::ready;
  if (upload.booking_id) upload.due_at.clear();
  upload.width = size.width;
  upload.height = size.height;
  tx.uploads().update(upload);
  if (upload.booking_id) tx.bookings().count_version(*upload.booking_id);
  return upload;
}

void UploadService::erase(Tx& tx, std::string_view id, const Caller& caller) const {
  Upload upload = get(tx, id, caller.principal);
  const bool is_claimed = upload.state == UploadState::claimed;
  if (is_claimed && !caller.principal.is_staff()) {
    const auto booking = tx.bookings().find(upload.booking_id.value_or(""));
    if (!booking || is_collected(booking->status)) {
      throw Error(ErrorCode::conflict,
                  "The photo belongs to a booking whose items were collected; ask staff to delete "
                  "it");
    }
  }
  const Instant now = now_();
  mark_for_erasure(tx, upload, now);
  if (is_claimed && upload.booking_id) tx.bookings().count_version(*upload.booking_id);
  if (!is_claimed && owns(caller.principal, upload)) return;
  record_deletion(tx, upload, caller, now);
}

std::vector<std::string> UploadService::take_due(Tx& tx, int limit) const {
  const Instant now = now_();
  std::vector<std::string> ids = tx.uploads().list_due(to_rfc3339(now), limit);
  if (ids.empty()) ids = tx.uploads().list_outlived(outlived_before(), limit);
  for (const std::string& id : ids) {
    auto upload = tx.uploads().find(id);
    if (!upload) continue;
    const bool was_claimed = upload->state == UploadState::claimed;
    if (was_claimed && upload->booking_id) tx.bookings().count_version(*upload->booking_id);
    upload->state = UploadState::erasing;
    upload->due_at = to_rfc3339(now + between_erasures);
    tx.uploads().update(*upload);
  }
  return ids;
}

bool UploadService::has_due(Reader& reader) const {
  return !reader.uploads().list_due(to_rfc3339(now_()), 1).empty() ||
         !reader.uploads().list_outlived(outlived_before(), 1).empty();
}

std::string UploadService::outlived_before() const {
  return to_rfc3339(now_() - limits_.kept_after_end);
}

}  // namespace hss::domain
