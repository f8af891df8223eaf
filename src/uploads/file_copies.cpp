#include "uploads/file_copies.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "domain/error.h"
#include "uploads/sync.h"

namespace hss::uploads {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

Error failed(const std::string& path, int failure = errno) {
  return {ErrorCode::unavailable,
          path + " cannot be written (" + std::generic_category().message(failure) + ")"};
}

void sync(const std::string& path) {
  if (!sync_path(path)) throw failed(path);
}

void make_folder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) throw failed(folder);
  const fs::path parent = fs::path(folder).parent_path();
  sync(parent.empty() ? "." : parent.string());
}

/// The copy appears under its name once it is whole.
void copy_bytes(const std::string& from, const std::string& to) {
  const std::string part = to + ".part-copy";
  std::error_code failure;
  fs::copy_file(from, part, fs::copy_options::overwrite_existing, failure);
  if (failure) throw failed(to, failure.value());
  sync(part);
  fs::rename(part, to, failure);
  if (failure) throw failed(to, failure.value());
}

/// Returns false if there is no such file.
bool copy_file(const std::string& from, const std::string& to) {
  if (::link(from.c_str(), to.c_str()) == 0 || errno == EEXIST) return true;
  if (errno == ENOENT) return false;
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
  for (const FileName& name : list_files(folder)) ::unlink((folder + "/" + name.text()).c_str());
  ::rmdir(folder.c_str());
}

std::string folder_of_backup(const std::string& backup) {
  return backup + ".uploads";
}

}  // namespace hss::uploads
