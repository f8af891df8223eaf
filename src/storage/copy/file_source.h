#pragma once

#include <string>

#include "storage/copy/end.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/open_files.h"

namespace hss::storage {

/// A file to copy, in a transaction that keeps every other writer out. A server may be running on
/// it.
class FileSource final : public CopyEnd {
 public:
  FileSource(const std::string& path, const Report& report);

  const std::string& text() const override { return path_; }
  Connection& connection() override { return *connection_; }
  void commit() override;
  void require_sound(const std::stop_token& stop) override;
  void with_error_translation(const std::function<void()>& work) override;

 private:
  const std::string path_;
  const Report report_;
  std::unique_ptr<SqliteConnection> connection_;
  std::unique_ptr<OpenFiles> files_;
};

}  // namespace hss::storage
