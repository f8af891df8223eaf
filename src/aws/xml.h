#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss::aws {

/// Reads as much of XML as the answers of AWS's query services need: elements that do not contain
/// others of their own name. Skips anything else, and expands nothing but the five named entities.

/// The content of each element of that name, in their order.
std::vector<std::string_view> inner_xml(std::string_view xml, std::string_view name);

/// The unescaped text of the first element of that name; empty if there is none.
std::string text_of(std::string_view xml, std::string_view name);

}  // namespace hss::aws
