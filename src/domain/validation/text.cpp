#include "domain/validation/text.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "domain/validation/unicode.h"

namespace hss::domain {
namespace {

/// White space of ASCII and, in UTF-8, of Unicode with the zero-width characters.
constexpr std::array<std::string_view, 27> white_space{
    " ",      "\t",     "\r",     "\n",     "\f",     "\v",     "\u0085", "\u00a0", "\u1680",
    "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
    "\u2009", "\u200a", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff"};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

bool is_ascii(char c) {
  return static_cast<unsigned char>(c) < 0x80;
}

bool is_ascii_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// True for an atom of RFC 5322, with non-ASCII characters as RFC 6531 allows.
bool is_local_part_label(std::string_view label) {
  return std::all_of(label.begin(), label.end(), [](char c) {
    constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~";
    return !is_ascii(c) || is_ascii_letter_or_digit(c) || others.find(c) != others.npos;
  });
}

bool is_domain_label(std::string_view label) {
  constexpr std::size_t max_label = 63;
  if (label.size() > max_label || label.front() == '-' || label.back() == '-') return false;
  const bool is_plain = std::all_of(label.begin(), label.end(), [](char c) {
    return !is_ascii(c) || is_ascii_letter_or_digit(c) || c == '-';
  });
  const auto code_points = code_points_of(label);
  return is_plain && std::all_of(code_points.begin(), code_points.end(), [](std::int32_t c) {
           constexpr std::int32_t middle_dot = 0xb7;
           return c == '-' || c == middle_dot || is_letter_or_digit(c) || is_mark(c);
         });
}

/// True if the separators leave no label empty, and each `is_good`.
template <class IsGood>
bool are_labels(std::string_view text, char separator, const IsGood& is_good) {
  for (;;) {
    const auto end = text.find(separator);
    const std::string_view label = text.substr(0, end);
    if (label.empty() || !is_good(label)) return false;
    if (end == text.npos) return true;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto is_visible_ascii = [](char c) { return c > 0x20 && c < 0x7f; };
  if (!text.empty() && is_visible_ascii(text.front()) && is_visible_ascii(text.back())) return text;
  const auto size_where = [&](auto matches) -> std::size_t {
    const auto found = std::find_if(white_space.begin(), white_space.end(), matches);
    return found == white_space.end() ? 0 : found->size();
  };
  const auto leading = [&] {
    return size_where([&](std::string_view space) { return text.starts_with(space); });
  };
  const auto trailing = [&] {
    return size_where([&](std::string_view space) { return text.ends_with(space); });
  };
  while (const std::size_t size = leading()) text.remove_prefix(size);
  while (const std::size_t size = trailing()) text.remove_suffix(size);
  return text;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::size_t character_count(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  }));
}

std::string excerpt(std::string_view utf8) {
  constexpr std::size_t max_characters = 60;
  std::size_t characters = 0;
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const bool begins_character = (static_cast<unsigned char>(utf8[i]) & 0xc0) != 0x80;
    if (begins_character && ++characters > max_characters) {
      return std::string(utf8.substr(0, i)) + "…";
    }
  }
  return std::string(utf8);
}

bool has_control_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (is_control(c) && c != '\n' && c != '\r' && c != '\t') return true;
    const std::string_view here = text.substr(i);
    if (here.starts_with('\xc2') && here.size() > 1 && static_cast<unsigned char>(here[1]) < 0xa0) {
      return true;
    }
    if (here.starts_with("\u2028") || here.starts_with("\u2029")) return true;
  }
  return false;
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  if (at == text.npos || !is_all_visible(text)) return false;
  const std::string_view local = text.substr(0, at);
  if (!are_labels(local, '.', is_local_part_label)) return false;
  const std::string_view domain = text.substr(at + 1);
  const auto last_dot = domain.rfind('.');
  if (last_dot == domain.npos || !are_labels(domain, '.', is_domain_label)) return false;
  return domain.find_first_not_of("0123456789", last_dot + 1) != domain.npos;
}

bool has_email_form(std::string_view text) {
  const auto is_inside = [&](std::string_view space) { return text.find(space) != text.npos; };
  if (std::any_of(text.begin(), text.end(), is_control) ||
      std::any_of(white_space.begin(), white_space.end(), is_inside)) {
    return false;
  }
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != text.npos) return false;
  const std::string_view host = text.substr(at + 1);
  return host.find('.') != host.npos && host.front() != '.' && host.back() != '.' &&
         host.find("..") == host.npos;
}

std::string normal_email(std::string_view email) {
  return to_nfc(to_lower_everywhere(to_nfc(email)));
}

}  // namespace hss::domain
