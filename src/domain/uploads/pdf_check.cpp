// ISO 32000, 7.5: a PDF begins with its version, and ends with where its table of contents is. What
// is between is not judged: a document is only ever served as a download.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <system_error>

#include "domain/uploads/file_formats.h"

namespace hss::domain {
namespace {

std::string_view without_line_break(std::string_view text) {
  if (text.ends_with('\n')) text.remove_suffix(1);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

bool has_version(std::string_view bytes) {
  constexpr std::size_t before_version = 5;
  const std::string_view version = bytes.substr(before_version, 3);
  return version.size() == 3 && (version[0] == '1' || version[0] == '2') && version[1] == '.' &&
         version[2] >= '0' && version[2] <= '9';
}

/// True if a place inside the file is named before its last line.
bool names_table(std::string_view bytes) {
  constexpr std::string_view name = "startxref";
  constexpr std::size_t max_tail = 64;
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), max_tail));
  const auto at = tail.rfind(name);
  if (at == tail.npos) return false;
  const auto number = tail.find_first_not_of(" \t\r\n", at + name.size());
  if (number == tail.npos) return false;
  std::size_t place = 0;
  const auto [_, error] = std::from_chars(tail.data() + number, tail.data() + tail.size(), place);
  return error == std::errc() && place < bytes.size();
}

}  // namespace

PhotoCheck check_pdf(std::string_view bytes) {
  constexpr std::string_view last_line = "%%EOF";
  PhotoCheck check;
  check.type = "application/pdf";
  const std::string_view file = without_line_break(bytes);
  if (!has_version(bytes)) {
    check.rejection = damaged("PDF", "its version");
  } else if (!file.ends_with(last_line)) {
    check.rejection = file.rfind(last_line) == file.npos ? cut_off("PDF") : has_more_behind("PDF");
  } else if (!names_table(file)) {
    check.rejection = damaged("PDF", "its end");
  }
  return check;
}

}  // namespace hss::domain
