// ITU-T T.81, annex B: the segments of a JPEG file.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "domain/uploads/byte_reader.h"
#include "domain/uploads/file_formats.h"

namespace hss::domain {
namespace {

using namespace std::literals;

enum Marker : unsigned {
  sof0 = 0xc0,  ///< baseline, then extended and progressive
  sof2 = 0xc2,
  dht = 0xc4,
  rst0 = 0xd0,
  rst7 = 0xd7,
  soi = 0xd8,
  eoi = 0xd9,
  sos = 0xda,
  dqt = 0xdb,
  dri = 0xdd,
  app0 = 0xe0,
  app1 = 0xe1,
  app2 = 0xe2,
  app14 = 0xee,
  app15 = 0xef,
  com = 0xfe,
};

/// Cameras and programs make about ten; each costs a browser as much time as a whole picture.
constexpr int max_scans = 64;

class JpegCheck {
 public:
  explicit JpegCheck(std::string_view bytes) : reader_(bytes) { check_.type = "image/jpeg"; }

  PhotoCheck run() {
    reader_.take(2);  // SOI
    while (check_.rejection.empty() && !is_done_) check_.rejection = read_segment();
    return std::move(check_);
  }

 private:
  std::string read_segment();
  std::string read_end();
  std::string read_frame(std::string_view body);
  std::string read_scan(std::string_view body);
  std::optional<unsigned> take_marker();
  bool skip_scan_data();

  ByteReader reader_;
  PhotoCheck check_;
  std::vector<char> components_;  ///< their names; empty before the frame's header
  int scans_ = 0;
  bool is_done_ = false;
};

std::string damaged_jpeg(const std::string& where) {
  return damaged("JPEG", where);
}

/// The sentence for a segment of an application, or empty for those of JFIF, ICC and Adobe.
std::string reject_application(unsigned marker, std::string_view body) {
  constexpr std::size_t jfif_size = 14;  // without a thumbnail, which may show what was cut away
  constexpr std::size_t adobe_size = 12;
  constexpr std::size_t icc_head = 14;
  if (marker == app0 && body.starts_with("JFIF\0"sv)) {
    return body.size() == jfif_size ? "" : has_metadata("JPEG", "a second picture inside");
  }
  if (marker == app2 && body.starts_with("ICC_PROFILE\0"sv) && body.size() > icc_head) return {};
  if (marker == app14 && body.starts_with("Adobe"sv) && body.size() == adobe_size) return {};
  if (marker == app1 && body.starts_with("Exif\0"sv)) {
    return has_metadata("JPEG", "Exif data, perhaps with the place");
  }
  if (marker == app1 && body.starts_with("http://ns.adobe.com/")) {
    return has_metadata("JPEG", "XMP data");
  }
  return has_metadata("JPEG",
                      "data of a camera or program (APP" + std::to_string(marker - app0) + ")");
}

bool are_quantization_tables(std::string_view body) {
  ByteReader reader(body);
  while (const auto head = reader.take(1)) {
    const std::uint32_t precision = byte_at(*head, 0) >> 4;
    if (precision > 1 || (byte_at(*head, 0) & 0xf) > 3) return false;
    constexpr std::size_t values = 64;
    if (!reader.take(values << precision)) return false;
  }
  return !body.empty();
}

bool are_huffman_tables(std::string_view body) {
  ByteReader reader(body);
  while (const auto head = reader.take(1)) {
    if ((byte_at(*head, 0) >> 4) > 1 || (byte_at(*head, 0) & 0xf) > 3) return false;
    const auto counts = reader.take(16);
    if (!counts) return false;
    std::size_t codes = 0;
    for (std::size_t i = 0; i < counts->size(); ++i) codes += byte_at(*counts, i);
    if (!reader.take(codes)) return false;
  }
  return !body.empty();
}

std::string JpegCheck::read_segment() {
  const auto marker = take_marker();
  if (!marker) {
    return reader_.is_at_end() ? cut_off("JPEG") : damaged_jpeg("no marker where one must be");
  }
  if (*marker == eoi) return read_end();
  const auto length = reader_.take(2);
  if (!length) return cut_off("JPEG");
  const std::uint32_t size = big_endian_16(*length);
  if (size < 2) return damaged_jpeg("a segment's length");
  const auto body = reader_.take(size - 2);
  if (!body) return cut_off("JPEG");
  if (*marker >= app0 && *marker <= app15) return reject_application(*marker, *body);
  if (*marker >= sof0 && *marker <= sof2) return read_frame(*body);
  switch (*marker) {
    case sos:
      return read_scan(*body);
    case com:
      return has_metadata("JPEG", "a comment");
    case dht:
      return are_huffman_tables(*body) ? "" : damaged_jpeg("its Huffman tables");
    case dqt:
      return are_quantization_tables(*body) ? "" : damaged_jpeg("its quantization tables");
    case dri:
      return body->size() == 2 ? "" : damaged_jpeg("its restart interval");
    default:
      return damaged_jpeg("a kind of segment that no photo has");
  }
}

std::string JpegCheck::read_end() {
  if (scans_ == 0) return damaged_jpeg("it has no picture");
  if (!reader_.is_at_end()) return has_more_behind("JPEG");
  is_done_ = true;
  return {};
}

std::string JpegCheck::read_frame(std::string_view body) {
  constexpr std::size_t head = 6;
  constexpr std::size_t component_size = 3;
  if (!components_.empty()) return damaged_jpeg("two frames");
  if (body.size() < head) return damaged_jpeg("the frame's header");
  const std::uint32_t count = byte_at(body, 5);
  const bool is_known_count = count == 1 || count == 3 || count == 4;
  const bool is_8_bit = byte_at(body, 0) == 8;
  if (!is_known_count || !is_8_bit || body.size() != head + count * component_size) {
    return damaged_jpeg("the frame's header");
  }
  for (std::size_t at = head; at < body.size(); at += component_size) {
    components_.push_back(body[at]);
    const std::uint32_t sampling = byte_at(body, at + 1);
    const auto is_factor = [](std::uint32_t factor) { return factor >= 1 && factor <= 4; };
    if (!is_factor(sampling >> 4) || !is_factor(sampling & 0xf)) {
      return damaged_jpeg("the frame's header");
    }
  }
  return note_size(big_endian_16(body, 3), big_endian_16(body, 1), check_);
}

std::string JpegCheck::read_scan(std::string_view body) {
  if (components_.empty()) return damaged_jpeg("a scan before the frame's header");
  const std::size_t count = body.empty() ? 0 : byte_at(body, 0);
  if (count < 1 || count > components_.size() || body.size() != 1 + 2 * count + 3) {
    return damaged_jpeg("a scan's header");
  }
  for (std::size_t at = 1; at < 1 + 2 * count; at += 2) {
    if (std::find(components_.begin(), components_.end(), body[at]) == components_.end()) {
      return damaged_jpeg("a scan's header");
    }
  }
  if (++scans_ > max_scans) return damaged_jpeg("too many scans");
  return skip_scan_data() ? "" : cut_off("JPEG");
}

/// Nothing at the end of the file, and where no marker stands. Fill bytes may stand before one.
std::optional<unsigned> JpegCheck::take_marker() {
  if (reader_.rest().substr(0, 1) != "\xff"sv) return std::nullopt;
  const auto code = reader_.rest().find_first_not_of('\xff');
  if (code == std::string_view::npos) {
    reader_.take(reader_.rest().size());
    return std::nullopt;
  }
  return byte_at(*reader_.take(code + 1), code);
}

/// Goes to the marker behind the scan; false if the file ends before it.
bool JpegCheck::skip_scan_data() {
  while (true) {
    const std::string_view rest = reader_.rest();
    const auto marker = rest.find('\xff');
    if (marker == rest.npos) return false;
    const auto code = rest.find_first_not_of('\xff', marker);
    if (code == rest.npos) return false;
    const std::uint32_t after = byte_at(rest, code);
    const bool is_data = after == 0 || (after >= rst0 && after <= rst7);
    reader_.take(is_data ? code + 1 : marker);
    if (!is_data) return true;
  }
}

}  // namespace

PhotoCheck check_jpeg(std::string_view bytes) {
  return JpegCheck(bytes).run();
}

}  // namespace hss::domain
