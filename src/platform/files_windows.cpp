#include "platform/files.h"

#include <windows.h>

#include <aclapi.h>
#include <sddl.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <vector>

#include "platform/utf16.h"

namespace hss::platform {
namespace {

constexpr DWORD share_all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

HANDLE handle_of(std::intptr_t handle) {
  return reinterpret_cast<HANDLE>(handle);
}

struct LocalFreer {
  void operator()(void* memory) const { ::LocalFree(memory); }
};
template <class T>
using Local = std::unique_ptr<T, LocalFreer>;

/// Closes it at the end.
class Handle {
 public:
  explicit Handle(HANDLE handle) : handle_(handle) {}
  ~Handle() {
    if (is_open()) ::CloseHandle(handle_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  bool is_open() const { return handle_ != INVALID_HANDLE_VALUE && handle_ != nullptr; }
  HANDLE get() const { return handle_; }

 private:
  const HANDLE handle_;
};

/// The user of this process, as permissions are written: "S-1-5-21-…".
std::wstring user_text() {
  HANDLE opened = nullptr;
  if (::OpenProcessToken(::GetCurrentProcess(), TOKEN_QUERY, &opened) == 0) return {};
  const Handle token(opened);
  DWORD size = 0;
  ::GetTokenInformation(token.get(), TokenUser, nullptr, 0, &size);
  std::vector<std::max_align_t> room(size / sizeof(std::max_align_t) + 1);
  if (::GetTokenInformation(token.get(), TokenUser, room.data(), size, &size) == 0) return {};
  wchar_t* text = nullptr;
  if (::ConvertSidToStringSidW(reinterpret_cast<TOKEN_USER*>(room.data())->User.Sid, &text) == 0) {
    return {};
  }
  const Local<wchar_t> freed(text);
  return text;
}

/// Lets nobody but this user in, and passes that on to what is made in a folder.
class OwnerOnly {
 public:
  OwnerOnly() {
    const std::wstring text = L"D:P(A;OICI;FA;;;" + user_text() + L")";
    PSECURITY_DESCRIPTOR made = nullptr;
    if (::ConvertStringSecurityDescriptorToSecurityDescriptorW(text.c_str(), SDDL_REVISION_1, &made,
                                                               nullptr) != 0) {
      descriptor_.reset(made);
    }
    attributes_.nLength = sizeof attributes_;
    attributes_.lpSecurityDescriptor = made;
  }

  /// Null, with GetLastError(), if the system does not tell who the user is.
  SECURITY_ATTRIBUTES* get() { return descriptor_ ? &attributes_ : nullptr; }

 private:
  Local<void> descriptor_;
  SECURITY_ATTRIBUTES attributes_{};
};

bool is_link(HANDLE file) {
  FILE_ATTRIBUTE_TAG_INFO info{};
  return ::GetFileInformationByHandleEx(file, FileAttributeTagInfo, &info, sizeof info) != 0 &&
         (info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
         (info.ReparseTag == IO_REPARSE_TAG_SYMLINK ||
          info.ReparseTag == IO_REPARSE_TAG_MOUNT_POINT);
}

OVERLAPPED at(std::uint64_t position) {
  OVERLAPPED place{};
  place.Offset = static_cast<DWORD>(position);
  place.OffsetHigh = static_cast<DWORD>(position >> 32);
  return place;
}

bool lock_range(HANDLE file, std::uint64_t first, std::uint64_t count) {
  OVERLAPPED place = at(first);
  return ::LockFileEx(file, LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0,
                      static_cast<DWORD>(count), static_cast<DWORD>(count >> 32), &place) != 0;
}

std::error_code write_bytes(HANDLE file, std::string_view bytes, OVERLAPPED* place) {
  constexpr std::size_t max = std::size_t{1} << 30;
  while (!bytes.empty()) {
    DWORD written = 0;
    const auto size = static_cast<DWORD>(std::min(bytes.size(), max));
    if (::WriteFile(file, bytes.data(), size, &written, place) == 0) return last_failure();
    bytes.remove_prefix(written);
    if (place != nullptr) {
      const auto next = (std::uint64_t{place->OffsetHigh} << 32 | place->Offset) + written;
      *place = at(next);
    }
  }
  return {};
}

/// Replaces a file that somebody has open, too: the open one lives on without a name. Windows 10
/// and later.
bool replace_like_posix(const std::wstring& from, const std::wstring& to) {
  const Handle file(::CreateFileW(from.c_str(), DELETE | SYNCHRONIZE, share_all, nullptr,
                                  OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  if (!file.is_open()) return false;
  const DWORD length = ::GetFullPathNameW(to.c_str(), 0, nullptr, nullptr);
  std::wstring whole(length, L'\0');
  whole.resize(::GetFullPathNameW(to.c_str(), length, whole.data(), nullptr));
  const std::size_t size = sizeof(FILE_RENAME_INFO) + whole.size() * sizeof(wchar_t);
  std::vector<std::max_align_t> room(size / sizeof(std::max_align_t) + 1);
  auto* const info = reinterpret_cast<FILE_RENAME_INFO*>(room.data());
  constexpr DWORD replace_if_exists = 1, posix_semantics = 2;
  // Its first member is the flags, where this kind of information is asked for.
  const DWORD flags = replace_if_exists | posix_semantics;
  std::copy_n(reinterpret_cast<const char*>(&flags), sizeof flags, reinterpret_cast<char*>(info));
  info->FileNameLength = static_cast<DWORD>(whole.size() * sizeof(wchar_t));
  std::copy(whole.begin(), whole.end(), info->FileName);
  constexpr auto rename_info_ex = static_cast<FILE_INFO_BY_HANDLE_CLASS>(22);
  return ::SetFileInformationByHandle(file.get(), rename_info_ex, info, static_cast<DWORD>(size)) !=
         0;
}

/// The same in two steps, where the system does not replace a file that is open.
bool replace_after_moving(const std::wstring& from, const std::wstring& to) {
  const std::wstring aside = to + L".replaced-by-" + std::to_wstring(::GetCurrentProcessId());
  if (::MoveFileExW(to.c_str(), aside.c_str(), MOVEFILE_WRITE_THROUGH) == 0) return false;
  const bool is_done = ::MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_WRITE_THROUGH) != 0;
  if (is_done) {
    ::DeleteFileW(aside.c_str());
  } else {
    ::MoveFileExW(aside.c_str(), to.c_str(), MOVEFILE_WRITE_THROUGH);
  }
  return is_done;
}

}  // namespace

std::error_code File::open(const std::string& path, Mode mode) {
  close();
  const std::wstring name = to_wide(path);
  HANDLE file = INVALID_HANDLE_VALUE;
  switch (mode) {
    case Mode::read:
      file = ::CreateFileW(name.c_str(), GENERIC_READ, share_all, nullptr, OPEN_EXISTING,
                           FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
      break;
    case Mode::create: {
      OwnerOnly owner;
      if (owner.get() == nullptr) return last_failure();
      file = ::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, share_all, owner.get(),
                           CREATE_NEW, FILE_ATTRIBUTE_NORMAL, nullptr);
      break;
    }
    case Mode::change:
      file = ::CreateFileW(name.c_str(), GENERIC_READ | GENERIC_WRITE, share_all, nullptr,
                           OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, nullptr);
      break;
  }
  if (file == INVALID_HANDLE_VALUE) return last_failure();
  handle_ = reinterpret_cast<std::intptr_t>(file);
  if (mode == Mode::read && is_link(file)) {
    close();
    return std::make_error_code(std::errc::too_many_symbolic_link_levels);
  }
  return {};
}

void File::close() {
  if (is_open()) ::CloseHandle(handle_of(handle_));
  handle_ = none;
}

std::error_code File::read(std::size_t max, std::string& bytes) {
  bytes.resize(max);
  std::size_t size = 0;
  while (size < max) {
    DWORD got = 0;
    const auto wanted = static_cast<DWORD>(std::min<std::size_t>(max - size, 1u << 30));
    if (::ReadFile(handle_of(handle_), bytes.data() + size, wanted, &got, nullptr) == 0) {
      return last_failure();
    }
    if (got == 0) break;
    size += got;
  }
  bytes.resize(size);
  return {};
}

std::error_code File::write(std::string_view bytes) {
  return write_bytes(handle_of(handle_), bytes, nullptr);
}

std::error_code File::write_at(std::uint64_t position, std::string_view bytes) {
  OVERLAPPED place = at(position);
  return write_bytes(handle_of(handle_), bytes, &place);
}

std::error_code File::sync() {
  if (::FlushFileBuffers(handle_of(handle_)) == 0) return last_failure();
  return {};
}

std::error_code File::lock(std::uint64_t first, std::uint64_t count) {
  if (lock_range(handle_of(handle_), first, count)) return {};
  const DWORD failure = ::GetLastError();
  if (failure == ERROR_LOCK_VIOLATION || failure == ERROR_IO_PENDING) {
    return std::make_error_code(std::errc::resource_unavailable_try_again);
  }
  return last_failure();
}

bool File::is_locked(std::uint64_t first, std::uint64_t count) {
  if (!lock_range(handle_of(handle_), first, count)) return true;
  OVERLAPPED place = at(first);
  ::UnlockFileEx(handle_of(handle_), 0, static_cast<DWORD>(count), static_cast<DWORD>(count >> 32),
                 &place);
  return false;
}

FolderLock::~FolderLock() {
  if (handle_ != none) ::CloseHandle(handle_of(handle_));
}

bool FolderLock::lock(const std::string& folder) {
  // Who reads the folder or removes it is let in; a second one of these is not, as it writes, too.
  const HANDLE opened = ::CreateFileW(
      to_wide(folder).c_str(), FILE_ADD_FILE, FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr,
      OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr);
  if (opened == INVALID_HANDLE_VALUE) return false;
  handle_ = reinterpret_cast<std::intptr_t>(opened);
  return true;
}

std::error_code make_private_folder(const std::string& path) {
  OwnerOnly owner;
  if (owner.get() == nullptr) return last_failure();
  if (::CreateDirectoryW(to_wide(path).c_str(), owner.get()) == 0) return last_failure();
  return {};
}

std::error_code sync_path(const std::string& path) {
  const std::wstring name = to_wide(path);
  const DWORD attributes = ::GetFileAttributesW(name.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return last_failure();
  // Windows flushes no folder; what renames a file here waits for the disk itself.
  if ((attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return {};
  const Handle file(::CreateFileW(name.c_str(), GENERIC_WRITE, share_all, nullptr, OPEN_EXISTING,
                                  FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!file.is_open() || ::FlushFileBuffers(file.get()) == 0) return last_failure();
  return {};
}

std::error_code rename_over(const std::string& from, const std::string& to) {
  const std::wstring source = to_wide(from), target = to_wide(to);
  constexpr DWORD how = MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH;
  if (::MoveFileExW(source.c_str(), target.c_str(), how) != 0) return {};
  const std::error_code failure = last_failure();
  if (failure == std::errc::no_such_file_or_directory) return failure;
  if (replace_like_posix(source, target) || replace_after_moving(source, target)) return {};
  return failure;
}

std::error_code rename_to_new(const std::string& from, const std::string& to) {
  if (::MoveFileExW(to_wide(from).c_str(), to_wide(to).c_str(), MOVEFILE_WRITE_THROUGH) != 0) {
    return {};
  }
  return last_failure();
}

bool can_write(const std::string& path) {
  const std::wstring name = to_wide(path);
  const DWORD attributes = ::GetFileAttributesW(name.c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return false;
  const bool is_folder = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  const Handle opened(::CreateFileW(name.c_str(), is_folder ? FILE_ADD_FILE : GENERIC_WRITE,
                                    share_all, nullptr, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS,
                                    nullptr));
  // Somebody else uses it at the moment.
  return opened.is_open() || ::GetLastError() == ERROR_SHARING_VIOLATION;
}

void copy_access(const std::string& from, const std::string& to) {
  std::wstring source = to_wide(from), target = to_wide(to);
  PACL list = nullptr;
  PSECURITY_DESCRIPTOR read = nullptr;
  if (::GetNamedSecurityInfoW(source.data(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr,
                              nullptr, &list, nullptr, &read) != ERROR_SUCCESS) {
    return;
  }
  const Local<void> freed(read);
  ::SetNamedSecurityInfoW(target.data(), SE_FILE_OBJECT, DACL_SECURITY_INFORMATION, nullptr,
                          nullptr, list, nullptr);
}

std::optional<FileIdentity> identify(const std::string& path) {
  const Handle file(::CreateFileW(to_wide(path).c_str(), 0, share_all, nullptr, OPEN_EXISTING,
                                  FILE_FLAG_BACKUP_SEMANTICS, nullptr));
  BY_HANDLE_FILE_INFORMATION info{};
  if (!file.is_open() || ::GetFileInformationByHandle(file.get(), &info) == 0) return std::nullopt;
  return FileIdentity{.device = info.dwVolumeSerialNumber,
                      .number = std::uint64_t{info.nFileIndexHigh} << 32 | info.nFileIndexLow};
}

}  // namespace hss::platform
