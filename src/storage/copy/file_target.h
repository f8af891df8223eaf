#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "storage/copy/end.h"
#include "storage/part_folder.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

/// A file to copy to. It is written beside its place and put there, complete and on disk, by
/// commit(); what lay there before is kept as `<path>.replaced` (restore.h).
class FileTarget final : public CopyTarget {
 public:
  /// Throws Error{conflict} if another program has the file open.
  FileTarget(const std::string& path, const Report& report);

  const std::string& text() const override { return path_; }
  Connection& connection() override { return *connection_; }
  void commit() override;
  void require_sound(const std::stop_token& stop) override;
  void with_error_translation(const std::function<void()>& work) override;

  void see_present(const std::function<void(Connection&)>& see) override;
  void begin() override;
  void finish(const ChainLink& last, std::int64_t last_booking) override;

 private:
  std::string part() const { return folder_->file("database"); }

  const std::string path_;
  const Report report_;
  std::optional<PartFolder> folder_;
  std::unique_ptr<SqliteConnection> connection_;
  std::vector<std::string> triggers_;
};

}  // namespace hss::storage
