#include "uploads/local_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "crypto/digest.h"
#include "domain/error.h"
#include "domain/reference.h"
#include "uploads/link_signature.h"
#include "uploads/sync.h"

namespace hss::uploads {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;
using std::chrono::seconds;

constexpr std::chrono::hours orphan_lasts(24);
constexpr std::chrono::hours part_lasts(1);
constexpr std::uint64_t min_free = 256 * 1024 * 1024;
/// Of a disk, a fiftieth stays free.
constexpr std::uint64_t min_free_share = 50;
constexpr std::string_view part_ending = ".part-";

Error failed(const std::string& what, int failure = errno) {
  return {ErrorCode::unavailable,
          what + " (" + std::generic_category().message(failure) + "); please try again"};
}

/// Closes it at the end.
class Descriptor {
 public:
  Descriptor(const std::string& path, int flags)
      : number_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  bool is_open() const { return number_ >= 0; }
  int number() const { return number_; }

 private:
  const int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void sync_folder(const std::string& folder) {
  if (!sync_path(folder)) throw failed("The folder of photos cannot be written");
}

/// The name is free, or this throws; a file that is there stays.
bool rename_to_new(const std::string& from, const std::string& to) {
#if defined(__linux__)
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
  if (errno == EEXIST) return false;
  if (errno != EINVAL && errno != ENOSYS && errno != ENOTSUP) {
    throw failed("The photo cannot be written");
  }
#endif
  if (::link(from.c_str(), to.c_str()) != 0) {
    if (errno == EEXIST) return false;
    throw failed("The photo cannot be written");
  }
  ::unlink(from.c_str());
  return true;
}

std::optional<DiskSpace> space_of(const std::string& folder) {
  struct statvfs status {};
  fs::path place = folder;
  std::error_code unknown;
  while (!fs::exists(place, unknown) && place.has_parent_path() && place != place.parent_path()) {
    place = place.parent_path();
  }
  if (place.empty()) place = ".";
  if (::statvfs(place.c_str(), &status) != 0) return std::nullopt;
  return DiskSpace{.free = std::uint64_t{status.f_bavail} * status.f_frsize,
                   .all = std::uint64_t{status.f_blocks} * status.f_frsize};
}

std::int64_t to_seconds(domain::Instant instant) {
  return std::chrono::duration_cast<seconds>(instant.time_since_epoch()).count();
}

/// The age by the disk's clock.
std::optional<seconds> age_of(const fs::path& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return std::nullopt;
  return seconds(to_seconds(std::chrono::system_clock::now()) - status.st_mtime);
}

}  // namespace

std::string FileName::text() const {
  return upload_id + "." + std::string(domain::to_text(variant));
}

std::optional<FileName> FileName::parse(std::string_view text) {
  const auto dot = text.find('.');
  if (dot == text.npos) return std::nullopt;
  const auto variant = domain::find_file_variant(text.substr(dot + 1));
  std::string id(text.substr(0, dot));
  if (!variant || domain::parse_reference(id, domain::upload_prefix) != id) return std::nullopt;
  return FileName{.upload_id = std::move(id), .variant = *variant};
}

LocalFiles::LocalFiles(LocalFilesOptions options) : options_(std::move(options)) {}

LocalFiles::~LocalFiles() {
  std::error_code ignored;
  if (options_.is_temporary) fs::remove_all(options_.folder, ignored);
}

Link LocalFiles::link_to_put(const StoredFile& file) {
  return link("PUT", file, options_.now() + put_lasts);
}

Link LocalFiles::link_to_get(const StoredFile& file) {
  return link("GET", file, link_begins(options_.now()) + get_lasts);
}

Link LocalFiles::link(std::string_view method, const StoredFile& file,
                      domain::Instant expires_at) const {
  const auto keys = options_.token_keys();
  if (keys.empty()) {
    throw Error(ErrorCode::unavailable, "There is no key that signs addresses; please try again");
  }
  const std::int64_t expires = to_seconds(expires_at);
  return {.url = options_.base_path + "/api/v1/uploads/" + file.upload_id + "/" +
                 std::string(domain::to_text(file.variant)) +
                 "?expires=" + std::to_string(expires) +
                 "&signature=" + sign_link(keys.front(), method, file, expires),
          .expires_at = domain::Instant(seconds(expires))};
}

void LocalFiles::require_signature(std::string_view method, const StoredFile& file,
                                   std::string_view expires, std::string_view signature) const {
  std::int64_t until = 0;
  const auto end = expires.data() + expires.size();
  const auto read = std::from_chars(expires.data(), end, until);
  const bool is_number =
      read.ec == std::errc() && read.ptr == end && std::to_string(until) == expires;
  if (!is_number || !is_signed(options_.token_keys(), method, file, until, signature)) {
    throw Error(ErrorCode::forbidden,
                "This address was not given out by this server for this file");
  }
  if (to_seconds(options_.now()) >= until) {
    throw Error(ErrorCode::forbidden, "This address has expired; ask for a new one");
  }
}

std::optional<std::string> LocalFiles::read(const StoredFile& file) {
  auto bytes = load(file);
  // Another request may have put it there and not be done yet.
  if (bytes) sync_folder(options_.folder);
  return bytes;
}

std::optional<std::string> LocalFiles::load(const StoredFile& file) const {
  const Descriptor opened(path_of({file.upload_id, file.variant}), O_RDONLY | O_NOFOLLOW);
  if (!opened.is_open()) {
    if (errno == ENOENT) return std::nullopt;
    throw failed("The photo cannot be read");
  }
  std::string bytes(static_cast<std::size_t>(file.promise.size) + 1, '\0');
  std::size_t size = 0;
  while (size < bytes.size()) {
    const auto got = ::read(opened.number(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) throw failed("The photo cannot be read");
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  bytes.resize(size);
  return bytes;
}

LocalFiles::Written LocalFiles::write(const StoredFile& file, std::string_view bytes) {
  make_folder();
  const std::string path = path_of({file.upload_id, file.variant});
  std::error_code unknown;
  if (fs::exists(path, unknown)) return Written::was_there;
  const std::string part = path + std::string(part_ending) + crypto::random_hex(8);
  try {
    {
      const Descriptor opened(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
      if (!opened.is_open() || !write_all(opened.number(), bytes) || !sync(opened.number())) {
        throw failed("The photo cannot be written");
      }
    }
    const bool is_new = rename_to_new(part, path);
    if (!is_new) ::unlink(part.c_str());
    sync_folder(options_.folder);
    return is_new ? Written::now : Written::was_there;
  } catch (const Error&) {
    ::unlink(part.c_str());
    throw;
  }
}

void LocalFiles::erase(const std::string& upload_id) {
  bool is_changed = false;
  for (const domain::FileVariant variant : domain::all_file_variants) {
    if (::unlink(path_of({upload_id, variant}).c_str()) == 0) {
      is_changed = true;
    } else if (errno != ENOENT && errno != ENOTDIR) {
      throw failed("The files of " + upload_id + " cannot be erased");
    }
  }
  if (is_changed) sync_folder(options_.folder);
}

void LocalFiles::require_room() {
  const auto space = disk_space();
  if (!space || space->free >= std::max(min_free, space->all / min_free_share)) return;
  throw Error(ErrorCode::unavailable,
              "The disk is nearly full, so no photos can be taken now; everything else goes on");
}

bool LocalFiles::is_there(const FileName& name) const {
  std::error_code unknown;
  return fs::is_regular_file(path_of(name), unknown);
}

std::optional<DiskSpace> LocalFiles::disk_space() const {
  return options_.disk_space ? options_.disk_space(options_.folder) : space_of(options_.folder);
}

void LocalFiles::erase_orphans(const std::function<bool(const std::string& upload_id)>& is_known) {
  std::error_code failure;
  bool is_changed = false;
  for (fs::directory_iterator entry(options_.folder, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    const std::string name = entry->path().filename().string();
    const auto part = name.find(part_ending);
    const auto file = FileName::parse(std::string_view(name).substr(0, part));
    // The folder may be somebody's own, with other things in it.
    if (!file) continue;
    const auto age = age_of(entry->path());
    const bool is_part = part != name.npos;
    if (!age || *age < (is_part ? part_lasts : orphan_lasts)) continue;
    if (!is_part && is_known(file->upload_id)) continue;
    is_changed = ::unlink(entry->path().c_str()) == 0 || is_changed;
  }
  if (is_changed) sync_folder(options_.folder);
}

std::string LocalFiles::path_of(const FileName& name) const {
  return options_.folder + "/" + name.text();
}

void LocalFiles::make_folder() {
  std::call_once(made_folder_, [this] {
    std::error_code failure;
    const fs::path parent = fs::path(options_.folder).parent_path();
    if (!parent.empty()) fs::create_directories(parent, failure);
    if (::mkdir(options_.folder.c_str(), 0700) != 0 && errno != EEXIST) {
      throw failed("The folder of photos cannot be made");
    }
    sync_folder(parent.empty() ? "." : parent.string());
  });
}

}  // namespace hss::uploads
