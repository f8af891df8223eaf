// RFC 9649: WebP's chunks in a RIFF file, and the first bytes of its two ways to code a picture.
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

enum Flag : std::uint32_t {
  animation = 0x02,
  xmp = 0x04,
  exif = 0x08,
  alpha = 0x10,
  icc = 0x20,
};

std::string damaged_webp(const std::string& where) {
  return damaged("WebP", where);
}

struct Size {
  std::uint32_t width;
  std::uint32_t height;
};

/// Nothing if it is no key frame that is shown.
std::optional<Size> size_of_lossy(std::string_view body) {
  constexpr std::size_t head = 10;
  if (body.size() <= head || body.substr(3, 3) != "\x9d\x01\x2a") return std::nullopt;
  const std::uint32_t tag = little_endian_24(body);
  const bool is_key_frame = (tag & 1) == 0;
  const bool is_version = (tag >> 1 & 7) <= 3;
  const bool is_shown = (tag >> 4 & 1) == 1;
  const bool is_within = (tag >> 5) <= body.size() - head;
  if (!is_key_frame || !is_version || !is_shown || !is_within) return std::nullopt;
  // The upper two bits of each only advise how to scale it.
  return Size{.width = little_endian_16(body, 6) & 0x3fff,
              .height = little_endian_16(body, 8) & 0x3fff};
}

std::optional<Size> size_of_lossless(std::string_view body) {
  constexpr std::size_t head = 5;
  if (body.size() <= head || body[0] != '\x2f') return std::nullopt;
  const std::uint32_t bits = little_endian_32(body, 1);
  if (bits >> 29 != 0) return std::nullopt;
  return Size{.width = (bits & 0x3fff) + 1, .height = (bits >> 14 & 0x3fff) + 1};
}

class WebpCheck {
 public:
  explicit WebpCheck(std::string_view bytes) : reader_(bytes) { check_.type = "image/webp"; }

  PhotoCheck run() {
    check_.rejection = read_riff();
    while (check_.rejection.empty() && !reader_.is_at_end()) check_.rejection = read_chunk();
    if (check_.rejection.empty() && !has_picture_) {
      check_.rejection = damaged_webp("it has no picture");
    }
    return std::move(check_);
  }

 private:
  std::string read_riff();
  std::string read_chunk();
  std::string read_chunk_of(std::string_view name, std::string_view body);
  std::string read_extended(std::string_view body);
  std::string read_picture(const std::optional<Size>& size);

  ByteReader reader_;
  PhotoCheck check_;
  std::string_view previous_;  ///< the name of the chunk before
  std::optional<Size> canvas_;
  bool has_picture_ = false;
};

std::string WebpCheck::read_riff() {
  constexpr std::size_t head = 12;
  const auto riff = reader_.take(head);
  if (!riff) return cut_off("WebP");
  constexpr std::size_t counted_in_head = 4;
  const std::uint32_t size = little_endian_32(*riff, 4);
  if (size < counted_in_head) return damaged_webp("its length");
  const std::size_t said = size - counted_in_head;
  if (reader_.rest().size() < said) return cut_off("WebP");
  return reader_.rest().size() > said ? has_more_behind("WebP") : "";
}

std::string WebpCheck::read_chunk() {
  const auto name = reader_.take(4);
  const auto length = name ? reader_.take(4) : std::nullopt;
  if (!length) return damaged_webp("a chunk's header");
  const std::uint32_t size = little_endian_32(*length);
  const auto body = reader_.take(size);
  if (!body) return damaged_webp("a chunk's length");
  if (size % 2 == 1 && reader_.take(1) != std::string_view("\0", 1)) {
    return damaged_webp("a chunk's end");
  }
  std::string rejection = read_chunk_of(*name, *body);
  previous_ = *name;
  return rejection;
}

std::string WebpCheck::read_chunk_of(std::string_view name, std::string_view body) {
  if (name == "EXIF") return has_metadata("WebP", "Exif data, perhaps with the place");
  if (name == "XMP ") return has_metadata("WebP", "XMP data");
  if (name == "ANIM" || name == "ANMF") return is_animated("WebP");
  if (name == "VP8X") return previous_.empty() ? read_extended(body) : damaged_webp("its header");
  if (name == "ICCP") return previous_ == "VP8X" ? "" : damaged_webp("the order of its chunks");
  if (name == "ALPH") {
    const bool is_place = canvas_ && (previous_ == "VP8X" || previous_ == "ICCP");
    return is_place ? "" : damaged_webp("the order of its chunks");
  }
  if (has_picture_) return has_metadata("WebP", "something behind the picture");
  if (name == "VP8 ") return read_picture(size_of_lossy(body));
  if (name == "VP8L" && previous_ != "ALPH") return read_picture(size_of_lossless(body));
  return has_metadata("WebP", "data of a program");
}

std::string WebpCheck::read_extended(std::string_view body) {
  constexpr std::size_t extended_size = 10;
  if (body.size() != extended_size) return damaged_webp("its header");
  const std::uint32_t flags = little_endian_32(body);
  if ((flags & animation) != 0) return is_animated("WebP");
  if ((flags & exif) != 0) return has_metadata("WebP", "Exif data, perhaps with the place");
  if ((flags & xmp) != 0) return has_metadata("WebP", "XMP data");
  if ((flags & ~(alpha | icc)) != 0) return damaged_webp("its header");
  canvas_ = {.width = little_endian_24(body, 4) + 1, .height = little_endian_24(body, 7) + 1};
  return note_size(canvas_->width, canvas_->height, check_);
}

std::string WebpCheck::read_picture(const std::optional<Size>& size) {
  if (!size) return damaged_webp("the beginning of its picture");
  has_picture_ = true;
  const bool is_canvas =
      !canvas_ || (canvas_->width == size->width && canvas_->height == size->height);
  if (!is_canvas) return damaged_webp("it says two sizes");
  return note_size(size->width, size->height, check_);
}

}  // namespace

PhotoCheck check_webp(std::string_view bytes) {
  return WebpCheck(bytes).run();
}

}  // namespace hss::domain
