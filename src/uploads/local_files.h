#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/clock.h"
#include "domain/uploads/upload.h"
#include "uploads/file_store.h"

namespace hss::uploads {

/// Bytes of a file system.
struct DiskSpace {
  std::uint64_t free = 0, all = 0;
};

struct LocalFilesOptions {
  std::string folder;         ///< made with the first file, for this user alone
  bool is_temporary = false;  ///< the folder goes with the object
  /// The keys that sign tokens, the newest first. Called from any thread.
  std::function<std::vector<std::string>()> token_keys;
  domain::Clock now;
  std::string base_path;  ///< before every path of this server
  domain::UploadLimits limits;
  /// Replaced by tests. Empty: asks the system.
  std::function<std::optional<DiskSpace>(const std::string&)> disk_space;
};

/// The name of a file in the folder, and what it says.
struct FileName {
  std::string upload_id;
  domain::FileVariant variant = domain::FileVariant::full;

  std::string text() const;
  static std::optional<FileName> parse(std::string_view text);
};

/// Files in a folder of a disk, each under its upload's id. A file appears under its name only once
/// all of it is on disk. Thread-safe, for several processes with the same folder, too.
class LocalFiles final : public FileStore {
 public:
  explicit LocalFiles(LocalFilesOptions options);
  ~LocalFiles() override;
  LocalFiles(const LocalFiles&) = delete;
  LocalFiles& operator=(const LocalFiles&) = delete;

  Link link_to_put(const StoredFile& file) override;
  Link link_to_get(const StoredFile& file) override;
  std::optional<std::string> read(const StoredFile& file) override;
  void erase(const std::string& upload_id) override;
  void require_room() override;
  std::optional<std::int64_t> max_bytes() const override { return options_.limits.max_stored; }

  /// Throws Error{forbidden} unless such a link was given out and has not expired.
  void require_signature(std::string_view method, const StoredFile& file, std::string_view expires,
                         std::string_view signature) const;

  enum class Written { now, was_there };
  /// Writes the file, on disk by the return, unless there is one: files are never replaced.
  Written write(const StoredFile& file, std::string_view bytes);

  /// The same as read(), without waiting until the file is on disk.
  std::optional<std::string> load(const StoredFile& file) const;
  bool is_there(const FileName& name) const;
  /// The folder's free bytes; empty if they are not known.
  std::optional<DiskSpace> disk_space() const;
  const std::string& folder() const { return options_.folder; }

  /// Erases files whose upload `is_known` denies, once they are a day old, and parts of files that
  /// a killed program left, once they are an hour old.
  void erase_orphans(const std::function<bool(const std::string& upload_id)>& is_known);

 private:
  Link link(std::string_view method, const StoredFile& file, domain::Instant expires_at) const;
  std::string path_of(const FileName& name) const;
  void make_folder();

  const LocalFilesOptions options_;
  std::once_flag made_folder_;
};

}  // namespace hss::uploads
