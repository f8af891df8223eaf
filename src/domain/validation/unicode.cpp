#include "domain/validation/unicode.h"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

namespace hss::domain {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

const utf8proc_uint8_t* bytes_of(std::string_view text) {
  return reinterpret_cast<const utf8proc_uint8_t*>(text.data());
}

std::string mapped(std::string_view text, int options) {
  utf8proc_uint8_t* result = nullptr;
  const auto size = utf8proc_map(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()),
                                 &result, static_cast<utf8proc_option_t>(options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(result, &std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(result), static_cast<std::size_t>(size)};
}

/// Calls `each` with every code point for as long as it returns true; with -1 for text that is not
/// UTF-8, as the last call.
template <class Each>
void walk(std::string_view text, const Each& each) {
  while (!text.empty()) {
    utf8proc_int32_t code_point = -1;
    const auto size =
        utf8proc_iterate(bytes_of(text), static_cast<utf8proc_ssize_t>(text.size()), &code_point);
    if (!each(size > 0 ? code_point : -1) || size <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
}

/// Characters that are drawn blank though Unicode does not call them ignorable.
constexpr std::array<std::int32_t, 5> blanks{0x2800, 0x13441, 0x13442, 0x16fe4, 0x1d159};

bool is_visible(std::int32_t code_point) {
  if (code_point < 0 || std::find(blanks.begin(), blanks.end(), code_point) != blanks.end()) {
    return false;
  }
  if (utf8proc_get_property(code_point)->ignorable) return false;
  switch (utf8proc_category(code_point)) {
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
      return false;
    default:
      return true;
  }
}

}  // namespace

std::string to_nfc(std::string_view utf8) {
  return is_ascii(utf8) ? std::string(utf8) : mapped(utf8, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string to_nfd(std::string_view utf8) {
  return is_ascii(utf8) ? std::string(utf8) : mapped(utf8, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
}

std::string to_plain(std::string_view utf8) {
  return is_ascii(utf8)
             ? std::string(utf8)
             : mapped(utf8, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_IGNORE);
}

std::string to_lower_everywhere(std::string_view utf8) {
  std::string lower;
  lower.reserve(utf8.size());
  bool is_utf8 = true;
  walk(utf8, [&](std::int32_t code_point) {
    is_utf8 = code_point >= 0;
    if (is_utf8) append_utf8(lower, utf8proc_tolower(code_point));
    return is_utf8;
  });
  return is_utf8 ? lower : std::string(utf8);
}

std::vector<std::int32_t> to_folded(std::string_view utf8) {
  constexpr auto options = static_cast<utf8proc_option_t>(
      UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto decompose = [&](std::vector<std::int32_t>& into) {
    return utf8proc_decompose(bytes_of(utf8), static_cast<utf8proc_ssize_t>(utf8.size()),
                              into.data(), static_cast<utf8proc_ssize_t>(into.size()), options);
  };
  std::vector<std::int32_t> folded(utf8.size() + 16);
  auto size = decompose(folded);
  if (size > static_cast<utf8proc_ssize_t>(folded.size())) {
    folded.resize(static_cast<std::size_t>(size));
    size = decompose(folded);
  }
  folded.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return folded;
}

std::vector<std::int32_t> code_points_of(std::string_view utf8) {
  std::vector<std::int32_t> code_points;
  code_points.reserve(utf8.size());
  walk(utf8, [&](std::int32_t code_point) {
    code_points.push_back(code_point);
    return code_point >= 0;
  });
  if (!code_points.empty() && code_points.back() < 0) code_points.clear();
  return code_points;
}

bool is_letter_or_digit(std::int32_t code_point) {
  const auto category = utf8proc_category(code_point);
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

bool is_mark(std::int32_t code_point) {
  const auto category = utf8proc_category(code_point);
  return category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME;
}

bool is_dash(std::int32_t code_point) {
  return utf8proc_category(code_point) == UTF8PROC_CATEGORY_PD;
}

bool is_space(std::int32_t code_point) {
  const auto category = utf8proc_category(code_point);
  return (code_point >= '\t' && code_point <= '\r') ||
         (category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_ZP);
}

std::size_t visible_count(std::string_view utf8) {
  std::size_t count = 0;
  bool has_base = false;
  walk(utf8, [&](std::int32_t code_point) {
    if (is_visible(code_point)) {
      ++count;
      has_base = has_base || !is_mark(code_point);
    }
    return true;
  });
  return has_base ? count : 0;
}

bool is_all_visible(std::string_view utf8) {
  bool all = true;
  walk(utf8, [&](std::int32_t code_point) { return all = is_visible(code_point); });
  return all;
}

bool has_direction_overrides(std::string_view utf8) {
  bool has = false;
  walk(utf8, [&](std::int32_t c) {
    has = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return !has;
  });
  return has;
}

void append_utf8(std::string& text, std::int32_t code_point) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  const auto size = utf8proc_encode_char(code_point, bytes.data());
  text.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(size));
}

}  // namespace hss::domain
