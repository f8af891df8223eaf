#pragma once

#include <string>
#include <string_view>

namespace hss::domain {

/// Appends the text as a JSON string. UTF-8 stays as it is; what JSON does not allow is escaped,
/// byte for byte as nlohmann's dump writes it (tests/api/http/json_text_test.cpp).
void append_json_string(std::string& json, std::string_view text);

}  // namespace hss::domain
