// The PNG specification, third edition: a signature, then chunks with their checksums.
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/uploads/byte_reader.h"
#include "domain/uploads/file_formats.h"

namespace hss::domain {
namespace {

constexpr std::size_t signature_size = 8;
constexpr std::size_t header_size = 13;

/// Those that say how the picture's colours are meant.
constexpr std::array<std::string_view, 12> plain_chunks{
    "cHRM", "cICP", "cLLI", "gAMA", "iCCP", "mDCV", "sBIT", "sRGB", "bKGD", "hIST", "pHYs", "tRNS"};

enum ColorType : std::uint32_t { gray = 0, rgb = 2, palette = 3, gray_alpha = 4, rgb_alpha = 6 };

bool contains(const auto& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string damaged_png(const std::string& where) {
  return damaged("PNG", where);
}

bool is_pixel_format(std::uint32_t depth, std::uint32_t color_type) {
  const bool is_byte_or_two = depth == 8 || depth == 16;
  const bool is_less = depth == 1 || depth == 2 || depth == 4;
  switch (color_type) {
    case gray:
      return is_less || is_byte_or_two;
    case palette:
      return is_less || depth == 8;
    case rgb:
    case gray_alpha:
    case rgb_alpha:
      return is_byte_or_two;
    default:
      return false;
  }
}

class PngCheck {
 public:
  explicit PngCheck(std::string_view bytes) : reader_(bytes) { check_.type = "image/png"; }

  PhotoCheck run() {
    reader_.take(signature_size);
    while (check_.rejection.empty() && !is_done_) check_.rejection = read_chunk();
    return std::move(check_);
  }

 private:
  std::string read_chunk();
  std::string read_chunk_of(std::string_view type, std::string_view body);
  std::string read_header(std::string_view body);
  std::string read_palette(std::string_view body);
  std::string read_end(std::string_view body);

  ByteReader reader_;
  PhotoCheck check_;
  std::string_view previous_;  ///< the chunk before
  bool has_palette_ = false;
  bool needs_palette_ = false;
  bool has_data_ = false;
  bool is_done_ = false;
};

std::string PngCheck::read_chunk() {
  const auto length = reader_.take(4);
  if (!length) return cut_off("PNG");
  const std::uint32_t size = big_endian_32(*length);
  const std::string_view from_type = reader_.rest();
  const auto type = reader_.take(4);
  const auto body = type ? reader_.take(size) : std::nullopt;
  const auto checksum = body ? reader_.take(4) : std::nullopt;
  if (!checksum) return cut_off("PNG");
  const auto* begin = reinterpret_cast<const Bytef*>(from_type.data());
  if (::crc32_z(0, begin, type->size() + size) != big_endian_32(*checksum)) {
    return damaged_png("a chunk's checksum");
  }
  if (previous_.empty() != (*type == "IHDR")) return damaged_png("its header");
  std::string rejection = read_chunk_of(*type, *body);
  previous_ = *type;
  return rejection;
}

std::string PngCheck::read_chunk_of(std::string_view type, std::string_view body) {
  if (type == "IHDR") return read_header(body);
  if (type == "PLTE") return read_palette(body);
  if (type == "IEND") return read_end(body);
  if (type == "IDAT") {
    if (has_data_ && previous_ != "IDAT") return damaged_png("the picture in two places");
    if (needs_palette_ && !has_palette_) return damaged_png("no palette");
    has_data_ = true;
    return {};
  }
  if (contains(plain_chunks, type)) return has_data_ ? damaged_png("the order of its chunks") : "";
  if (type == "eXIf") return has_metadata("PNG", "Exif data, perhaps with the place");
  if (contains(std::array{"tEXt", "zTXt", "iTXt"}, type)) return has_metadata("PNG", "texts");
  if (type == "tIME") return has_metadata("PNG", "the time of its making");
  if (contains(std::array{"acTL", "fcTL", "fdAT"}, type)) return is_animated("PNG");
  return has_metadata("PNG", "data of a program");
}

std::string PngCheck::read_header(std::string_view body) {
  if (body.size() != header_size) return damaged_png("its header");
  const std::uint32_t color_type = byte_at(body, 9);
  const bool is_deflated = byte_at(body, 10) == 0 && byte_at(body, 11) == 0;
  const bool is_interlace = byte_at(body, 12) <= 1;
  if (!is_pixel_format(byte_at(body, 8), color_type) || !is_deflated || !is_interlace) {
    return damaged_png("its header");
  }
  needs_palette_ = color_type == palette;
  return note_size(big_endian_32(body), big_endian_32(body, 4), check_);
}

std::string PngCheck::read_palette(std::string_view body) {
  constexpr std::size_t max_size = 256 * 3;
  const bool is_size = !body.empty() && body.size() <= max_size && body.size() % 3 == 0;
  if (has_palette_ || has_data_ || !is_size) return damaged_png("its palette");
  has_palette_ = true;
  return {};
}

std::string PngCheck::read_end(std::string_view body) {
  if (!has_data_) return damaged_png("it has no picture");
  if (!body.empty()) return damaged_png("its end");
  if (!reader_.is_at_end()) return has_more_behind("PNG");
  is_done_ = true;
  return {};
}

}  // namespace

PhotoCheck check_png(std::string_view bytes) {
  return PngCheck(bytes).run();
}

}  // namespace hss::domain
