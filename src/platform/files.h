#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

namespace hss::platform {

/// What the program needs of files beyond std::filesystem. Paths are UTF-8. An empty
/// std::error_code means success; nothing is thrown but std::bad_alloc.

/// The usual words for a failure, for a sentence: "No space left on device".
std::string reason_of(const std::error_code& failure);

/// A file that is open, or none. Other processes may rename and remove it meanwhile, and no child
/// process inherits it.
class File {
 public:
  enum class Mode {
    read,    ///< what is there; a link in the last place is a failure
    create,  ///< a new file that only this user may read; fails if there is one of the name
    change   ///< reads and writes what is there
  };
  File() = default;
  ~File() { close(); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::error_code open(const std::string& path, Mode mode);
  void close();
  bool is_open() const { return handle_ != none; }

  /// Reads on, up to `max` bytes or the end of the file.
  std::error_code read(std::size_t max, std::string& bytes);
  /// Writes all of it behind what was written before.
  std::error_code write(std::string_view bytes);
  std::error_code write_at(std::uint64_t position, std::string_view bytes);
  /// Returns once the content is on disk.
  std::error_code sync();

  /// Locks these bytes until the file is closed, in the way that SQLite locks; does not wait. It is
  /// std::errc::resource_unavailable_try_again if another process has locked some of them.
  std::error_code lock(std::uint64_t first, std::uint64_t count);
  /// True if another process has locked some of these bytes; on Windows, also if this one has.
  bool is_locked(std::uint64_t first, std::uint64_t count);

 private:
  static constexpr std::intptr_t none = -1;
  std::intptr_t handle_ = none;
};

/// Marks a folder as in use, for as long as this object or its process lives. Files in it can be
/// made, changed and removed meanwhile, and so can the folder.
class FolderLock {
 public:
  FolderLock() = default;
  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  /// False if another FolderLock has the folder, or there is no such folder.
  bool lock(const std::string& folder);

 private:
  static constexpr std::intptr_t none = -1;
  std::intptr_t handle_ = none;
};

/// Makes a folder that only this user may read; fails with std::errc::file_exists if there is one.
/// On Windows, the same goes for whatever is made in it later. Elsewhere set_up_process() sees to
/// that for all files.
std::error_code make_private_folder(const std::string& path);

/// Returns once a file's content, or the names in a folder, are on disk. That a file system does
/// not sync folders is no failure.
std::error_code sync_path(const std::string& path);

/// Renames a file over whatever file is at `to`, in one step, or two if that is open on a Windows
/// before 10. On Windows, the new name is on disk by the return.
std::error_code rename_over(const std::string& from, const std::string& to);

/// Copies a file's content to a new file in the place of whatever file is at `to`. Until it
/// returns, part of it may be there.
std::error_code copy_over(const std::string& from, const std::string& to);

/// Renames without ever replacing a file: std::errc::file_exists if there is one.
std::error_code rename_to_new(const std::string& from, const std::string& to);

/// True if this process may write to the file, or make files in the folder, that is there.
bool can_write(const std::string& path);

/// Gives the file `to` the owner and the permissions of `from`, as far as this user may.
void copy_access(const std::string& from, const std::string& to);

/// Tells one file from another that takes its name.
struct FileIdentity {
  std::uint64_t device = 0, number = 0;
  bool operator==(const FileIdentity&) const = default;
};
/// Of the file that `path` resolves to; empty if there is none.
std::optional<FileIdentity> identify(const std::string& path);

}  // namespace hss::platform
