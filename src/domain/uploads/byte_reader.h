#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hss::domain {

/// Reads a file's bytes from its front, never beyond their end.
class ByteReader {
 public:
  /// The bytes must outlive the reader.
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool is_at_end() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

  /// The next bytes, or nothing where fewer are left; then the reader stays where it is.
  std::optional<std::string_view> take(std::size_t size) {
    if (size > rest_.size()) return std::nullopt;
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view rest_;
};

/// Unsigned numbers of a file; the bytes must be there.

inline std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

inline std::uint32_t big_endian_16(std::string_view bytes, std::size_t at = 0) {
  return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1);
}

inline std::uint32_t big_endian_32(std::string_view bytes, std::size_t at = 0) {
  return big_endian_16(bytes, at) << 16 | big_endian_16(bytes, at + 2);
}

inline std::uint32_t little_endian_16(std::string_view bytes, std::size_t at = 0) {
  return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8;
}

inline std::uint32_t little_endian_24(std::string_view bytes, std::size_t at = 0) {
  return little_endian_16(bytes, at) | byte_at(bytes, at + 2) << 16;
}

inline std::uint32_t little_endian_32(std::string_view bytes, std::size_t at = 0) {
  return little_endian_16(bytes, at) | little_endian_16(bytes, at + 2) << 16;
}

}  // namespace hss::domain
