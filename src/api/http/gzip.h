#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hss::api {

/// A text compressed as gzip (RFC 1952). Each send appends its own end: cached responses end in the
/// request's id. Thread-safe.
class GzipText {
 public:
  /// Throws std::bad_alloc.
  explicit GzipText(std::string_view text);

  /// Returns the compressed text with `end` appended uncompressed. `end` has at most 65,535 bytes.
  std::string close(std::string_view end) const;
  /// Size in bytes.
  std::size_t size() const { return packed_.size(); }

 private:
  std::string packed_;
  unsigned long checksum_ = 0;
  std::size_t length_ = 0;
};

}  // namespace hss::api
