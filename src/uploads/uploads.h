#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "domain/store.h"
#include "domain/uploads/upload_service.h"
#include "metrics/text.h"
#include "uploads/file_store.h"
#include "uploads/local_files.h"

namespace hss::uploads {

/// What it takes to take uploads: their rules and their files. Thread-safe.
struct Uploads {
  domain::UploadService service;
  std::unique_ptr<FileStore> files;
  LocalFiles* local = nullptr;              ///< `files`, where those are on this machine's disk
  std::atomic<std::uint64_t> rejected = 0;  ///< files that were not what they had to be
  std::atomic<std::int64_t> missing =
      0;  ///< files of bookings that are not there, when last counted

  void describe(metrics::Text& text, domain::Store& store) const;
};

}  // namespace hss::uploads
