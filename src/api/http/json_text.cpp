#include "api/http/json_text.h"

#include "domain/validation/json_string.h"

namespace hss::api {
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

JsonText& JsonText::member(std::string_view name, std::optional<int> value) {
  if (value) return member(name, *value);
  return member(name, std::optional<std::string>());
}

JsonText& JsonText::element(std::string_view value) {
  separate();
  quote(value);
  return *this;
}

void JsonText::name(std::string_view name) {
  separate();
  // Names are ours and have nothing to escape.
  text_.append("\"").append(name).append("\":");
}

void JsonText::separate() {
  if (text_.empty()) return;
  const char last = text_.back();
  if (last != '{' && last != '[' && last != ':') text_ += ',';
}

void JsonText::quote(std::string_view value) {
  domain::append_json_string(text_, value);
}

std::string quoted(std::string_view text) {
  std::string json;
  domain::append_json_string(json, text);
  return json;
}

}  // namespace hss::api
