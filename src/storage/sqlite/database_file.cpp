#include "storage/sqlite/database_file.h"

#include <array>
#include <filesystem>
#include <fstream>
#include <string_view>
#include <system_error>

#include "domain/error.h"

namespace hss::storage {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;
using platform::File;

// https://www.sqlite.org/fileformat.html
constexpr std::string_view database_magic{"SQLite format 3\0", 16};
constexpr std::size_t page_size_at = 16, write_version_at = 18, read_version_at = 19;
constexpr char rollback_version = 1;
constexpr std::uintmax_t log_header_bytes = 32;
constexpr std::size_t log_page_size_at = 8;
// The bytes that SQLite locks, beyond the end of any small file.
constexpr std::uint64_t first_lock_byte = 0x40000000, lock_bytes = 512;

using Header = std::array<char, 100>;

/// Fills up with zeroes after the end of a short file.
Header read_header(const std::string& path) {
  Header header{};
  std::ifstream file(fs::path(path), std::ios::binary);
  file.read(header.data(), header.size());
  return header;
}

std::uint32_t number_at(const Header& header, std::size_t at, std::size_t bytes) {
  std::uint32_t number = 0;
  for (std::size_t i = at; i < at + bytes; ++i) {
    number = number << 8 | static_cast<std::uint8_t>(header[i]);
  }
  return number;
}

/// The page size of a database; 1 means 65,536.
std::uint32_t page_size_of(const Header& database) {
  const std::uint32_t size = number_at(database, page_size_at, 2);
  return size == 1 ? 65'536 : size;
}

/// True if SQLite would read the log; it ignores a file that is none.
bool is_log(const Header& log) {
  return (number_at(log, 0, 4) | 1) == 0x377f0683;
}

Error failed(const std::string& what, const std::error_code& failure) {
  return {ErrorCode::unavailable, what + " (" + platform::reason_of(failure) + ")"};
}

std::string restore_hint(const std::string& path) {
  return " hss restore FILE --db " + path + " does it right, and keeps what lies there now";
}

}  // namespace

std::string resolve(const std::string& path) {
  std::error_code unknown;
  const fs::path real = fs::weakly_canonical(path, unknown);
  return unknown || real.empty() ? path : real.string();
}

FileFormat format_of(const std::string& path) {
  std::error_code unknown;
  const auto bytes = fs::file_size(path, unknown);
  if (unknown) return FileFormat::absent;
  if (bytes == 0) return FileFormat::empty;
  const Header header = read_header(path);
  if (std::string_view(header.data(), database_magic.size()) != database_magic) {
    return FileFormat::foreign;
  }
  const bool is_rollback =
      header[write_version_at] == rollback_version && header[read_version_at] == rollback_version;
  return is_rollback ? FileFormat::rollback : FileFormat::wal;
}

std::uintmax_t log_bytes(const std::string& path) {
  std::error_code missing;
  const auto bytes = fs::file_size(resolve(path) + "-wal", missing);
  return missing ? 0 : bytes;
}

void require_own_log(const std::string& path) {
  if (log_bytes(path) == 0) return;
  const std::string log = resolve(path) + "-wal";
  const auto reject = [](const std::string& sentence) {
    throw Error(ErrorCode::unavailable, sentence);
  };
  switch (format_of(path)) {
    case FileFormat::absent:
    case FileFormat::empty:
      return reject(log + " holds changes to a database, but " + path +
                    " is not there or empty; put the database back beside its log, or restore a "
                    "backup:" +
                    restore_hint(path));
    case FileFormat::foreign:
      return;  // reported as a foreign file, whatever lies beside it
    case FileFormat::rollback:
      return reject(
          path + " is a copy in the place of another database, whose last changes are in " + log +
          "; opened together they would make a broken one, so neither was touched. To go "
          "on with a backup:" +
          restore_hint(path));
    case FileFormat::wal:
      break;
  }
  const Header log_header = read_header(log);
  const bool fits = log_bytes(path) < log_header_bytes || !is_log(log_header) ||
                    number_at(log_header, log_page_size_at, 4) == page_size_of(read_header(path));
  if (!fits) {
    reject(log + " is the log of another database than " + path +
           "; opened together they would make a broken one, so neither was touched. To go on with "
           "a backup:" +
           restore_hint(path));
  }
}

void leave_wal_mode(const std::string& path) {
  constexpr std::array<char, 2> versions{rollback_version, rollback_version};
  File file;
  auto failure = file.open(path, File::Mode::change);
  if (!failure) failure = file.write_at(write_version_at, {versions.data(), versions.size()});
  if (failure) throw failed(path + " cannot be written", failure);
}

FileLock::FileLock(const std::string& path) {
  if (const auto failure = file_.open(path, File::Mode::change)) {
    if (failure == std::errc::no_such_file_or_directory) return;
    throw failed(path + " cannot be written", failure);
  }
  const auto failure = file_.lock(first_lock_byte, lock_bytes);
  if (failure == std::errc::resource_unavailable_try_again) {
    throw Error(ErrorCode::conflict,
                path +
                    " is in use by another program; stop the server that runs on it, then say it "
                    "again");
  }
  if (failure) throw failed(path + " cannot be locked", failure);
}

bool is_in_use(const std::string& path) {
  File file;
  return !file.open(resolve(path), File::Mode::read) && file.is_locked(first_lock_byte, lock_bytes);
}

void rename_to_new(const std::string& from, const std::string& to) {
  const auto failure = platform::rename_to_new(from, to);
  if (failure == std::errc::file_exists) {
    throw Error(ErrorCode::conflict, to + " exists already; choose another name");
  }
  if (failure) throw failed(to + " cannot be made", failure);
}

void sync(const std::string& path) {
  if (const auto failure = platform::sync_path(path)) {
    throw failed(path + " cannot be written", failure);
  }
}

std::string folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

}  // namespace hss::storage
