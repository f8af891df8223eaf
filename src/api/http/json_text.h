#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "domain/money.h"

namespace hss::api {

/// The text as a JSON string, for output that is no JsonText. UTF-8.
std::string quoted(std::string_view text);

/// Writes JSON straight into its text, for the most frequent responses. Gives byte for byte the
/// same as a Json with the same members (tests/api/http/json_text_test.cpp). Texts are UTF-8.
///
///   JsonText text;
///   text.open('{').member("id", booking.id).member("total", booking.price.total).close('}');
class JsonText {
 public:
  JsonText() { text_.reserve(512); }

  /// Opens `{` or `[`, as a value or after a name.
  JsonText& open(char bracket);
  JsonText& open(std::string_view name, char bracket);
  JsonText& close(char bracket);

  JsonText& member(std::string_view name, std::string_view value);
  JsonText& member(std::string_view name, const char* value) {
    return member(name, std::string_view(value));
  }
  JsonText& member(std::string_view name, const std::string& value) {
    return member(name, std::string_view(value));
  }
  JsonText& member(std::string_view name, int value) { return member(name, std::int64_t{value}); }
  JsonText& member(std::string_view name, std::int64_t value);
  JsonText& member(std::string_view name, bool value);
  JsonText& member(std::string_view name, domain::Money amount);
  /// Writes null if there is no value.
  JsonText& member(std::string_view name, const std::optional<std::string>& value);
  JsonText& member(std::string_view name, std::optional<int> value);

  /// An element of a list.
  JsonText& element(std::string_view value);

  std::string take() { return std::move(text_); }

 private:
  void name(std::string_view name);  ///< `name` has nothing to escape
  void separate();
  void quote(std::string_view value);

  std::string text_;
};

}  // namespace hss::api
