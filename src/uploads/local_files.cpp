#include "uploads/local_files.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <system_error>
#include <utility>

#include "crypto/digest.h"
#include "domain/error.h"
#include "domain/reference.h"
#include "platform/files.h"
#include "uploads/link_signature.h"

namespace hss::uploads {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;
using platform::File;
using std::chrono::seconds;

constexpr std::chrono::hours orphan_lasts(24);
constexpr std::chrono::hours part_lasts(1);
constexpr std::uint64_t min_free = 256 * 1024 * 1024;
/// Of a disk, a fiftieth stays free.
constexpr std::uint64_t min_free_share = 50;
constexpr std::string_view part_ending = ".part-";

Error failed(const std::string& what, const std::error_code& failure) {
  return {ErrorCode::unavailable,
          what + " (" + platform::reason_of(failure) + "); please try again"};
}

void sync_folder(const std::string& folder) {
  if (const auto failure = platform::sync_path(folder)) {
    throw failed("The folder of photos cannot be written", failure);
  }
}

Error cannot_write(const std::error_code& failure) {
  return failed("The photo cannot be written", failure);
}

/// A new file that is on disk by the return.
void write_part(const std::string& path, std::string_view bytes) {
  File part;
  if (const auto failure = part.open(path, File::Mode::create)) throw cannot_write(failure);
  if (const auto failure = part.write(bytes)) throw cannot_write(failure);
  if (const auto failure = part.sync()) throw cannot_write(failure);
}

/// False if the name is not free; a file that is there stays.
bool rename_to_new(const std::string& from, const std::string& to) {
  const auto failure = platform::rename_to_new(from, to);
  if (failure && failure != std::errc::file_exists) throw cannot_write(failure);
  return !failure;
}

bool remove_file(const std::string& path) {
  std::error_code ignored;
  return fs::remove(path, ignored);
}

std::optional<DiskSpace> space_of(const std::string& folder) {
  fs::path place = folder;
  std::error_code unknown;
  while (!fs::exists(place, unknown) && place.has_parent_path() && place != place.parent_path()) {
    place = place.parent_path();
  }
  if (place.empty()) place = ".";
  const fs::space_info space = fs::space(place, unknown);
  if (unknown) return std::nullopt;
  return DiskSpace{.free = space.available, .all = space.capacity};
}

std::int64_t to_seconds(domain::Instant instant) {
  return std::chrono::duration_cast<seconds>(instant.time_since_epoch()).count();
}

/// The age by the disk's clock.
std::optional<seconds> age_of(const fs::path& path) {
  std::error_code unknown;
  const auto changed = fs::last_write_time(path, unknown);
  if (unknown) return std::nullopt;
  return std::chrono::floor<seconds>(fs::file_time_type::clock::now() - changed);
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
  File opened;
  auto failure = opened.open(path_of({file.upload_id, file.variant}), File::Mode::read);
  if (failure == std::errc::no_such_file_or_directory) return std::nullopt;
  std::string bytes;
  if (!failure) failure = opened.read(static_cast<std::size_t>(file.promise.size) + 1, bytes);
  if (failure) throw failed("The photo cannot be read", failure);
  return bytes;
}

LocalFiles::Written LocalFiles::write(const StoredFile& file, std::string_view bytes) {
  make_folder();
  const std::string path = path_of({file.upload_id, file.variant});
  std::error_code unknown;
  if (fs::exists(path, unknown)) return Written::was_there;
  const std::string part = path + std::string(part_ending) + crypto::random_hex(8);
  try {
    write_part(part, bytes);
    const bool is_new = rename_to_new(part, path);
    if (!is_new) remove_file(part);
    sync_folder(options_.folder);
    return is_new ? Written::now : Written::was_there;
  } catch (const Error&) {
    remove_file(part);
    throw;
  }
}

void LocalFiles::erase(const std::string& upload_id) {
  bool is_changed = false;
  for (const domain::FileVariant variant : domain::all_file_variants) {
    std::error_code failure;
    is_changed = fs::remove(path_of({upload_id, variant}), failure) || is_changed;
    if (failure) throw failed("The files of " + upload_id + " cannot be erased", failure);
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
    is_changed = remove_file(entry->path().string()) || is_changed;
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
    failure = platform::make_private_folder(options_.folder);
    if (failure && failure != std::errc::file_exists) {
      throw failed("The folder of photos cannot be made", failure);
    }
    sync_folder(parent.empty() ? "." : parent.string());
  });
}

}  // namespace hss::uploads
