#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss::aws {

/// As much of XML as the answers of AWS's query services need: elements that do not contain others
/// of their own name. Anything else is passed over, and nothing is expanded but the five named
/// entities.

/// What stands inside each element of that name, in their order.
std::vector<std::string_view> inner_xml(std::string_view xml, std::string_view name);

/// The text of the first element of that name, unescaped; empty where there is none.
std::string text_of(std::string_view xml, std::string_view name);

}  // namespace hss::aws
