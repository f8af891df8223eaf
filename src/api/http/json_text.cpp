#include "api/http/json_text.h"

#include <algorithm>

namespace hss::api {
namespace {

void append_quoted(std::string& text, std::string_view value) {
  constexpr std::string_view digits = "0123456789abcdef";
  const auto is_plain = [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
  };
  text += '"';
  while (!value.empty()) {
    const auto end = std::find_if_not(value.begin(), value.end(), is_plain);
    const auto plain = static_cast<std::size_t>(end - value.begin());
    text.append(value.substr(0, plain));
    if (end == value.end()) break;
    const char c = *end;
    const auto byte = static_cast<unsigned char>(c);
    value.remove_prefix(plain + 1);
    if (c == '"' || c == '\\') {
      text += '\\';
      text += c;
    } else if (const auto letter = std::string_view("\b\f\n\r\t").find(c);
               letter != std::string_view::npos) {
      text += '\\';
      text += "bfnrt"[letter];
    } else {
      text += "\\u00";
      text += digits[byte >> 4];
      text += digits[byte & 15];
    }
  }
  text += '"';
}

}  // namespace

JsonText& JsonText::open(char bracket) {
  separate();
  text_ += bracket;
  return *this;
}

JsonText& JsonText::open(std::string_view name, char bracket) {
  this->name(name);
  text_ += bracket;
  return *this;
}

JsonText& JsonText::close(char bracket) {
  text_ += bracket;
  return *this;
}

JsonText& JsonText::member(std::string_view name, std::string_view value) {
  this->name(name);
  quote(value);
  return *this;
}

JsonText& JsonText::member(std::string_view name, std::int64_t value) {
  this->name(name);
  text_ += std::to_string(value);
  return *this;
}

JsonText& JsonText::member(std::string_view name, bool value) {
  this->name(name);
  text_ += value ? "true" : "false";
  return *this;
}

JsonText& JsonText::member(std::string_view name, domain::Money amount) {
  member(name, amount.cents / 100);
  if (const auto cents = amount.cents % 100; cents != 0) {
    text_ += '.';
    text_ += static_cast<char>('0' + cents / 10);
    if (cents % 10 != 0) text_ += static_cast<char>('0' + cents % 10);
  }
  return *this;
}

JsonText& JsonText::member(std::string_view name, const std::optional<std::string>& value) {
  if (value) return member(name, std::string_view(*value));
  this->name(name);
  text_ += "null";
  return *this;
}

void JsonText::name(std::string_view name) {
  separate();
  // Ours, and so with nothing to escape.
  text_.append("\"").append(name).append("\":");
}

void JsonText::separate() {
  if (text_.empty()) return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_ += ',';
}

void JsonText::quote(std::string_view value) {
  append_quoted(text_, value);
}

std::string quoted(std::string_view text) {
  std::string json;
  append_quoted(json, text);
  return json;
}

}  // namespace hss::api
