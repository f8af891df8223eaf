#include <zlib.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "domain/uploads/byte_reader.h"
#include "domain/uploads/photo_check.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

using domain::check_file;
using domain::Documents;

void require_sound(const std::string& file, std::string_view type) {
  const domain::PhotoCheck check = check_file(file, type, Documents::accepted);
  require(check.rejection.size() < 300, "a sentence that nobody reads");
  if (!check.is_accepted()) return;
  require(check.type == type, "a file of another type was accepted");
  const auto is_side = [](int side) { return side >= 1 && side <= domain::max_photo_side; };
  const bool is_document = type == "application/pdf";
  require(is_document ? check.width == 0 : is_side(check.width) && is_side(check.height),
          "a photo of a size that none may have was accepted");
  require(check_file(file, type).is_accepted() != is_document,
          "a document was accepted as a photo, or a photo only as a document");
  if (is_document) return;
  require(!check_file(file.substr(0, file.size() - 1), type).is_accepted(),
          "a photo was accepted without its last byte");
  require(!check_file(file + "<", type).is_accepted(), "a photo with more behind it was accepted");
  for (const std::string_view other : {"image/jpeg", "image/png", "image/webp"}) {
    require(other == type || !check_file(file, other).is_accepted(), "a photo has two types");
  }
}

/// The same PNG with the right checksums, or the WebP with the right length, which a fuzzer does
/// not find.
std::string mended(std::string file) {
  constexpr std::size_t riff_head = 8;
  if (file.starts_with("RIFF") && file.size() >= riff_head) {
    const std::size_t size = file.size() - riff_head;
    for (std::size_t i = 0; i < 4; ++i) file[4 + i] = static_cast<char>(size >> (8 * i) & 0xff);
  }
  constexpr std::size_t png_signature = 8;
  constexpr std::size_t around_body = 12;
  std::size_t at = png_signature;
  while (file.starts_with("\x89PNG") && file.size() >= at + around_body) {
    const std::size_t size = domain::big_endian_32(file, at);
    if (size > file.size() - at - around_body) break;
    const auto* begin = reinterpret_cast<const Bytef*>(file.data() + at + 4);
    const auto checksum = ::crc32_z(0, begin, 4 + size);
    at += around_body + size;
    for (std::size_t i = 1; i <= 4; ++i) {
      file[at - i] = static_cast<char>(checksum >> (8 * (i - 1)) & 0xff);
    }
  }
  return file;
}

}  // namespace

void photos(std::string_view input) {
  for (const std::string& file : {std::string(input), mended(std::string(input))}) {
    for (const char* type : {"image/jpeg", "image/png", "image/webp", "application/pdf"}) {
      require_sound(file, type);
    }
  }
}

}  // namespace hss::fuzz
