#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hss::api {

/// A text packed as gzip (RFC 1952), to which an end is added each time that it is sent: answers
/// that are kept end in the request's id. Thread-safe.
class GzipText {
 public:
  /// Throws std::bad_alloc.
  explicit GzipText(std::string_view text);

  /// The whole with `end` behind it, which goes unpacked. At most 65,535 bytes of it.
  std::string close(std::string_view end) const;
  /// Bytes that it takes.
  std::size_t size() const { return packed_.size(); }

 private:
  std::string packed_;
  unsigned long checksum_ = 0;
  std::size_t length_ = 0;
};

}  // namespace hss::api
