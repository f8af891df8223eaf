#pragma once

#include <cstdint>
#include <string>

namespace hss::desktop {

/// The file to which everything goes that the program writes on standard error, while nobody has a
/// terminal for it. It and the one before it, `<path>.1`, stay below a megabyte or so each.
class LogFile {
 public:
  static constexpr std::uintmax_t max_bytes = 1024 * 1024;

  /// Standard error stays as it is if the file cannot be written, or the path is empty.
  explicit LogFile(std::string path);

  /// Empty if it is not written.
  const std::string& path() const { return path_; }

  /// Moves what is there to `<path>.1` once it is too large. Called now and then.
  void rotate() const;

 private:
  std::string path_;
};

}  // namespace hss::desktop
