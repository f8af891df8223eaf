#include "domain/uploads/photo_check.h"

#include "domain/uploads/file_formats.h"

namespace hss::domain {
namespace {

struct Format {
  std::string_view type;
  std::string_view name;
  PhotoCheck (*check)(std::string_view bytes);
};

constexpr Format jpeg{.type = "image/jpeg", .name = "JPEG photo", .check = check_jpeg};
constexpr Format png{.type = "image/png", .name = "PNG picture", .check = check_png};
constexpr Format webp{.type = "image/webp", .name = "WebP picture", .check = check_webp};
constexpr Format pdf{.type = "application/pdf", .name = "PDF document", .check = check_pdf};

bool holds_at(std::string_view bytes, std::size_t at, std::string_view text) {
  return bytes.size() >= at + text.size() && bytes.substr(at, text.size()) == text;
}

const Format* find_format(std::string_view bytes) {
  using namespace std::literals;
  if (bytes.starts_with("\xff\xd8\xff"sv)) return &jpeg;
  if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv)) return &png;
  if (bytes.starts_with("RIFF"sv) && holds_at(bytes, 8, "WEBP"sv)) return &webp;
  if (bytes.starts_with("%PDF-"sv)) return &pdf;
  return nullptr;
}

std::string name_of_type(std::string_view type) {
  for (const Format* format : {&jpeg, &png, &webp, &pdf}) {
    if (format->type == type) return std::string(format->name);
  }
  return {};
}

/// True for HTML, SVG and other XML, in UTF-8 or UTF-16.
bool is_markup(std::string_view bytes) {
  const auto first = bytes.find_first_not_of(std::string_view("\xef\xbb\xbf\xfe\xff\0 \t\r\n", 10));
  return first != bytes.npos && bytes[first] == '<';
}

/// What somebody may take for a photo, and is none that is accepted.
std::string rejection_of_unknown(std::string_view bytes, bool with_documents) {
  const std::string accepted = with_documents ? "JPEG, PNG, WebP or PDF" : "JPEG, PNG or WebP";
  const std::string advice = "; choose a " + accepted + " file";
  if (bytes.empty()) return "the file is empty" + advice;
  if (is_markup(bytes)) return "the file is a web page or SVG drawing, and no photo" + advice;
  if (bytes.starts_with("GIF8")) return "the file is a GIF picture" + advice;
  if (holds_at(bytes, 4, "ftyp")) {
    return "the file is a HEIC or AVIF picture, or a film" + advice;
  }
  return "the file is no " + accepted + " file, or it is cut off at its beginning" + advice;
}

std::string with_article(const std::string& name) {
  return "a " + name;
}

}  // namespace

PhotoCheck check_file(std::string_view bytes, std::string_view declared_type, Documents documents) {
  PhotoCheck rejected;
  const bool with_documents = documents == Documents::accepted;
  const Format* format = find_format(bytes);
  if (format == nullptr) {
    rejected.rejection = rejection_of_unknown(bytes, with_documents);
    return rejected;
  }
  if (format == &pdf && !with_documents) {
    rejected.rejection =
        "the file is a PDF document, and no photo; choose a JPEG, PNG or WebP file";
    return rejected;
  }
  rejected.type = format->type;
  if (format->type != declared_type) {
    const std::string declared = name_of_type(declared_type);
    rejected.rejection = "the file is " + with_article(std::string(format->name)) +
                         ", and was announced as " +
                         (declared.empty() ? "something else" : with_article(declared));
    return rejected;
  }
  return format->check(bytes);
}

std::string cut_off(const std::string& format) {
  return "the " + format + " file is cut off before its end; choose or upload it again";
}

std::string damaged(const std::string& format, const std::string& where) {
  return "the " + format + " file is damaged (" + where + "); choose another one";
}

std::string has_more_behind(const std::string& format) {
  return "the " + format + " file goes on behind its own end; save it anew as a photo";
}

std::string has_metadata(const std::string& format, const std::string& metadata) {
  return "the " + format + " file has " + metadata +
         ", which may tell more than the picture does; save it without metadata";
}

std::string is_animated(const std::string& format) {
  return "the " + format + " file is animated; choose a still picture";
}

std::string note_size(std::uint32_t width, std::uint32_t height, PhotoCheck& check) {
  if (width == 0 || height == 0) return "the picture has no width or no height";
  const std::uint32_t max = max_photo_side;
  if (width > max || height > max) {
    return "the picture is " + std::to_string(width) + " by " + std::to_string(height) +
           " pixels, and may have at most " + std::to_string(max) + " a side; make it smaller";
  }
  check.width = static_cast<int>(width);
  check.height = static_cast<int>(height);
  return {};
}

}  // namespace hss::domain
