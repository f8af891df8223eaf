#include "domain/text.h"

#include <algorithm>
#include <array>

namespace hss::domain {
namespace {

/// ASCII's, and in UTF-8 those of Unicode with the zero-width ones.
constexpr std::array<std::string_view, 27> white_space{
    " ",      "\t",     "\r",     "\n",     "\f",     "\v",     "\u0085", "\u00a0", "\u1680",
    "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008",
    "\u2009", "\u200a", "\u200b", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff"};

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
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

}  // namespace hss::domain
