#include "uploads/uploads.h"

namespace hss::uploads {

void Uploads::describe(metrics::Text& text, domain::Store& store) const {
  using metrics::Text;
  const auto totals = store.read([](domain::Reader& reader) { return reader.uploads().totals(); });
  text.family("hss_upload_files", Text::Kind::gauge, "Photos, thumbnails and documents.");
  text.sample(static_cast<double>(totals.files));
  text.family("hss_upload_bytes", Text::Kind::gauge, "Bytes of all of them.");
  text.sample(static_cast<double>(totals.bytes));
  text.family("hss_uploads_unclaimed", Text::Kind::gauge, "Uploads that no booking has yet.");
  text.sample(static_cast<double>(totals.unclaimed));
  text.family("hss_uploads_refused_total", Text::Kind::counter,
              "Files that were refused for what is in them.");
  text.sample(static_cast<double>(rejected));
  if (local == nullptr) return;
  text.family("hss_upload_files_missing", Text::Kind::gauge,
              "Files that bookings have and that are not in the folder, when last counted.");
  text.sample(static_cast<double>(missing));
  const auto space = local->disk_space();
  if (!space) return;
  text.family("hss_upload_disk_free_bytes", Text::Kind::gauge,
              "Free bytes of the disk with the photos.");
  text.sample(static_cast<double>(space->free));
}

}  // namespace hss::uploads
