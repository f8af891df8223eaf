#include "storage/sql/uploads.h"

#include <algorithm>
#include <array>
#include <utility>

#include "storage/damage.h"

namespace hss::storage {
namespace {

using domain::Upload;
using domain::UploadFile;

#define UPLOAD_COLUMNS                                                                           \
  "id, purpose, state, owner, holder, booking_id, item, content_type, size, sha256, thumb_type," \
  " thumb_size, thumb_sha256, width, height, created_at, due_at"
#define SELECT_UPLOADS "SELECT " UPLOAD_COLUMNS " FROM uploads"

std::optional<UploadFile> thumb_of(const Query& row) {
  auto type = row.optional_text(10);
  if (!type) return std::nullopt;
  return UploadFile{
      .content_type = *std::move(type), .size = row.integer(11), .sha256 = row.text(12)};
}

Upload upload_of(const Query& row) {
  Upload upload{
      .id = row.text(0),
      .purpose = require_known(domain::find_upload_purpose(row.text(1)), "an upload's purpose"),
      .state = require_known(domain::find_upload_state(row.text(2)), "an upload's state"),
      .owner = row.text(3),
      .holder = row.text(4),
      .booking_id = row.optional_text(5),
      .item = std::nullopt,
      .full = {.content_type = row.text(7), .size = row.integer(8), .sha256 = row.text(9)},
      .thumb = thumb_of(row),
      .width = static_cast<int>(row.integer(13)),
      .height = static_cast<int>(row.integer(14)),
      .created_at = row.text(15),
      .due_at = row.text(16)};
  if (const auto item = row.optional_integer(6)) upload.item = static_cast<int>(*item);
  return upload;
}

std::vector<Upload> uploads_of(Query rows) {
  std::vector<Upload> uploads;
  while (rows.step()) uploads.push_back(upload_of(rows));
  return uploads;
}

constexpr std::size_t bookings_at_once = 32;

/// The text has a parameter for each booking, as engines have no parameter for a list.
std::string photos_text() {
  // By itself SQLite would read every photo that any booking has, as it takes a state for rarer
  // than one of so many bookings.
  std::string sql =
      "SELECT booking_id, id FROM uploads INDEXED BY uploads_by_booking WHERE booking_id IN (?";
  for (std::size_t at = 1; at < bookings_at_once; ++at) sql += ", ?";
  return sql +
         ") AND state = 'claimed' AND purpose <> 'document'"
         " ORDER BY booking_id, coalesce(item, 1000), created_at, id";
}

using BookingIds = std::array<std::string_view, bookings_at_once>;

template <std::size_t... at>
Query photos_of(Connection& connection, const BookingIds& ids, std::index_sequence<at...>) {
  return Query(connection, photos_of_bookings_sql().c_str(), ids[at]...);
}

std::vector<std::string> ids_of(Query rows) {
  std::vector<std::string> ids;
  while (rows.step()) ids.push_back(rows.text(0));
  return ids;
}

}  // namespace

const std::string& photos_of_bookings_sql() {
  static const std::string sql = photos_text();
  return sql;
}

template <class Interface>
std::optional<Upload> UploadQueries<Interface>::find(std::string_view id) {
  Query row(connection_, SELECT_UPLOADS " WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return upload_of(row);
}

template <class Interface>
std::vector<Upload> UploadQueries<Interface>::list_claimed(std::string_view booking_id) {
  return uploads_of(Query(connection_,
                          SELECT_UPLOADS " WHERE booking_id = ? AND state = 'claimed'"
                                         " ORDER BY coalesce(item, 1000), created_at, id",
                          booking_id));
}

template <class Interface>
domain::PhotosOfBookings UploadQueries<Interface>::list_photos(
    const std::vector<std::string>& booking_ids) {
  domain::PhotosOfBookings photos;
  for (std::size_t from = 0; from < booking_ids.size(); from += bookings_at_once) {
    // No booking has the empty id of those that are left over.
    BookingIds ids;
    const std::size_t end = std::min(from + bookings_at_once, booking_ids.size());
    for (std::size_t at = from; at < end; ++at) ids[at - from] = booking_ids[at];
    for (Query rows = photos_of(connection_, ids, std::make_index_sequence<bookings_at_once>());
         rows.step();) {
      photos[rows.text(0)].push_back(rows.text(1));
    }
  }
  return photos;
}

template <class Interface>
domain::Unclaimed UploadQueries<Interface>::count_unclaimed(std::string_view holder,
                                                            domain::UploadPurpose purpose) {
  Query row(connection_,
            "SELECT count(*), coalesce(sum(size + coalesce(thumb_size, 0)), 0),"
            " coalesce(min(due_at), '') FROM uploads"
            " WHERE holder = ? AND purpose = ? AND state IN ('waiting', 'ready')",
            holder, domain::to_text(purpose));
  if (!row.step()) return {};
  return {.count = row.integer(0), .bytes = row.integer(1), .first_due_at = row.text(2)};
}

template <class Interface>
domain::UploadTotals UploadQueries<Interface>::totals() {
  Query row(connection_,
            "SELECT count(*) + count(thumb_size), coalesce(sum(size + coalesce(thumb_size, 0)), 0),"
            " coalesce(sum(CASE WHEN state IN ('waiting', 'ready') THEN 1 ELSE 0 END), 0)"
            " FROM uploads");
  if (!row.step()) return {};
  return {.files = row.integer(0), .bytes = row.integer(1), .unclaimed = row.integer(2)};
}

template <class Interface>
std::vector<std::string> UploadQueries<Interface>::list_due(std::string_view now, int limit) {
  return ids_of(Query(connection_,
                      "SELECT id FROM uploads"
                      " WHERE state IN ('waiting', 'ready', 'erasing') AND due_at <= ? LIMIT ?",
                      now, limit));
}

template <class Interface>
std::vector<std::string> UploadQueries<Interface>::list_outlived(std::string_view ended_before,
                                                                 int limit) {
  return ids_of(Query(connection_,
                      "SELECT u.id FROM uploads u JOIN bookings b ON b.id = u.booking_id"
                      " WHERE u.state = 'claimed' AND b.updated_at < ?"
                      " AND b.status IN ('returned', 'declined', 'cancelled') LIMIT ?",
                      ended_before, limit));
}

template <class Interface>
std::vector<Upload> UploadQueries<Interface>::list_stored(std::string_view after, int limit) {
  return uploads_of(Query(connection_,
                          SELECT_UPLOADS
                          " WHERE id > ? AND state IN ('ready', 'claimed') ORDER BY id LIMIT ?",
                          after, limit));
}

bool SqlUploadWriter::insert(const Upload& upload) {
  if (this->find(upload.id)) return false;
  std::optional<std::string> thumb_type, thumb_sha256;
  std::optional<std::int64_t> thumb_size;
  if (upload.thumb) {
    thumb_type = upload.thumb->content_type;
    thumb_size = upload.thumb->size;
    thumb_sha256 = upload.thumb->sha256;
  }
  enqueue(connection_,
          "INSERT INTO uploads (" UPLOAD_COLUMNS
          ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          upload.id, domain::to_text(upload.purpose), domain::to_text(upload.state), upload.owner,
          upload.holder, upload.booking_id, upload.item, upload.full.content_type, upload.full.size,
          upload.full.sha256, thumb_type, thumb_size, thumb_sha256, upload.width, upload.height,
          upload.created_at, upload.due_at);
  return true;
}

void SqlUploadWriter::update(const Upload& upload) {
  enqueue(connection_,
          "UPDATE uploads SET state = ?, booking_id = ?, item = ?, width = ?, height = ?,"
          " due_at = ? WHERE id = ?",
          domain::to_text(upload.state), upload.booking_id, upload.item, upload.width,
          upload.height, upload.due_at, upload.id);
}

void SqlUploadWriter::remove_erased(std::string_view id) {
  enqueue(connection_, "DELETE FROM uploads WHERE id = ? AND state = 'erasing'", id);
}

template class UploadQueries<domain::UploadReader>;
template class UploadQueries<domain::UploadWriter>;

}  // namespace hss::storage
