#include "domain/text.h"

#include <algorithm>

namespace hss::domain {
namespace {

constexpr std::string_view white_space = " \t\r\n\f\v";

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(white_space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white_space) - first + 1);
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::size_t character_count(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

bool has_control_characters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return is_control(c) && c != '\n' && c != '\r' && c != '\t';
  });
}

bool is_email(std::string_view text) {
  if (std::any_of(text.begin(), text.end(), [](char c) { return is_control(c) || c == ' '; })) {
    return false;
  }
  const auto at = text.find('@');
  if (at == std::string_view::npos || at == 0 || text.find('@', at + 1) != text.npos) return false;
  const std::string_view host = text.substr(at + 1);
  return host.find('.') != host.npos && host.front() != '.' && host.back() != '.' &&
         host.find("..") == host.npos;
}

}  // namespace hss::domain
