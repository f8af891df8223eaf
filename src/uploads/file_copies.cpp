#include "uploads/file_copies.h"

#include <filesystem>
#include <system_error>

#include "domain/error.h"
#include "platform/files.h"

namespace hss::uploads {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

Error copy_failed(const std::string& path, const std::error_code& failure) {
  return {ErrorCode::unavailable,
          path + " cannot be written (" + platform::reason_of(failure) + ")"};
}

void sync(const std::string& path) {
  if (const auto failure = platform::sync_path(path)) throw copy_failed(path, failure);
}

void make_folder(const std::string& folder) {
  const auto failure = platform::make_private_folder(folder);
  if (failure && failure != std::errc::file_exists) throw copy_failed(folder, failure);
  const fs::path parent = fs::path(folder).parent_path();
  sync(parent.empty() ? "." : parent.string());
}

/// The copy appears under its name once it is whole.
void copy_bytes(const std::string& from, const std::string& to) {
  const std::string part = to + ".part-copy";
  if (const auto failure = platform::copy_over(from, part)) throw copy_failed(to, failure);
  sync(part);
  if (const auto failure = platform::rename_over(part, to)) throw copy_failed(to, failure);
}

/// Returns false if there is no such file.
bool copy_file(const std::string& from, const std::string& to) {
  std::error_code failure;
  fs::create_hard_link(from, to, failure);
  if (!failure || failure == std::errc::file_exists) return true;
  if (failure == std::errc::no_such_file_or_directory) return false;
  copy_bytes(from, to);
  return true;
}

}  // namespace

CopiedFiles copy_files(const std::string& from, const std::string& to,
                       const std::vector<FileName>& names) {
  CopiedFiles result;
  if (names.empty()) return result;
  make_folder(to);
  for (const FileName& name : names) {
    const std::string file = "/" + name.text();
    ++(copy_file(from + file, to + file) ? result.copied : result.missing);
  }
  sync(to);
  return result;
}

std::vector<FileName> list_files(const std::string& folder) {
  std::vector<FileName> names;
  std::error_code failure;
  for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (auto name = FileName::parse(entry->path().filename().string())) {
      names.push_back(*std::move(name));
    }
  }
  return names;
}

void remove_files(const std::string& folder) {
  std::error_code ignored;
  for (const FileName& name : list_files(folder)) {
    fs::remove(folder + "/" + name.text(), ignored);
  }
  fs::remove(folder, ignored);
}

std::string folder_of_backup(const std::string& backup) {
  return backup + ".uploads";
}

}  // namespace hss::uploads
