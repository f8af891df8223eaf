#include "domain/uploads/claims.h"

#include <algorithm>

#include "domain/uploads/upload_service.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {

Claims::Claims(Tx& tx, const std::vector<Item>& items, const Principal& principal,
               std::string_view now, int last_kept) {
  ValidationErrors errors;
  std::size_t of_item = 0;
  const auto take = [&](const std::string& key, int item, const std::string& where) {
    const auto id = find_upload_id(key);
    if (!id) return;
    const auto known = std::find_if(uploads_.begin(), uploads_.end(),
                                    [&](const Upload& upload) { return upload.id == *id; });
    // A client may write the same photo into both members of an item.
    if (known != uploads_.end() && known->item == item) return;
    auto upload = known == uploads_.end() ? tx.uploads().find(*id) : std::nullopt;
    const bool may_claim = upload && upload->state == UploadState::ready &&
                           upload->purpose == UploadPurpose::item && upload->due_at > now &&
                           upload->owner == principal.account_id;
    if (!may_claim) {
      errors.add(where + " is no upload of yours, or it has expired");
      return;
    }
    if (++of_item > max_photos_of_item) {
      errors.add(where + " is one photo too many; an item has at most " +
                 std::to_string(max_photos_of_item));
      return;
    }
    upload->item = item;
    uploads_.push_back(*std::move(upload));
  };
  int number = 0;
  for (const Item& item : items) {
    of_item = 0;
    const std::string where = "items[" + std::to_string(++number) + "].";
    if (item.id <= last_kept) continue;
    if (item.s3_key) take(*item.s3_key, item.id, where + "s3Key");
    for (std::size_t i = 0; i < item.photos.size(); ++i) {
      take(item.photos[i], item.id, where + "photos[" + std::to_string(i + 1) + "]");
    }
  }
  errors.throw_if_any("The booking has faults");
}

void Claims::claim(Tx& tx, const std::string& booking_id) {
  for (Upload& upload : uploads_) {
    upload.state = UploadState::claimed;
    upload.booking_id = booking_id;
    upload.due_at.clear();
    tx.uploads().update(upload);
  }
}

void erase_photos(Tx& tx, const std::string& booking_id, const std::vector<int>& items,
                  const Caller& caller, Instant now) {
  if (items.empty()) return;
  for (Upload& upload : tx.uploads().list_claimed(booking_id)) {
    const bool is_of_items = upload.purpose == UploadPurpose::item && upload.item &&
                             std::find(items.begin(), items.end(), *upload.item) != items.end();
    if (!is_of_items) continue;
    mark_for_erasure(tx, upload, now);
    record_deletion(tx, upload, caller, now);
  }
}

}  // namespace hss::domain
