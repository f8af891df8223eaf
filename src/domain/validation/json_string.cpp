#include "domain/validation/json_string.h"

#include <algorithm>

namespace hss::domain {

void append_json_string(std::string& json, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  };
  json += '"';
  while (!text.empty()) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_plain);
    const auto plain = static_cast<std::size_t>(end - text.begin());
    json.append(text.substr(0, plain));
    if (end == text.end()) break;
    const char c = *end;
    const auto byte = static_cast<unsigned char>(c);
    text.remove_prefix(plain + 1);
    if (c == '"' || c == '\\') {
      json += '\\';
      json += c;
    } else if (const auto letter = std::string_view("\b\f\n\r\t").find(c);
               letter != std::string_view::npos) {
      json += '\\';
      json += "bfnrt"[letter];
    } else {
      json += "\\u00";
      json += digits[byte >> 4];
      json += digits[byte & 15];
    }
  }
  json += '"';
}

}  // namespace hss::domain
