#include "aws/xml.h"

#include <array>
#include <utility>

namespace hss::aws {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> entities{
    {{"&lt;", '<'}, {"&gt;", '>'}, {"&amp;", '&'}, {"&quot;", '"'}, {"&apos;", '\''}}};

std::string unescaped(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    bool is_entity = false;
    for (const auto& [entity, c] : entities) {
      if (!text.starts_with(entity)) continue;
      plain += c;
      text.remove_prefix(entity.size());
      is_entity = true;
      break;
    }
    if (is_entity) continue;
    plain += text.front();
    text.remove_prefix(1);
  }
  return plain;
}

/// Finds `<name` that is followed by the end of the name.
std::size_t find_opening(std::string_view xml, const std::string& opening, std::size_t from) {
  for (;; from += opening.size()) {
    from = xml.find(opening, from);
    if (from == xml.npos) return from;
    const std::size_t behind = from + opening.size();
    if (behind < xml.size() && std::string_view(" \t\r\n/>").find(xml[behind]) != xml.npos) {
      return from;
    }
  }
}

}  // namespace

std::vector<std::string_view> inner_xml(std::string_view xml, std::string_view name) {
  const std::string opening = "<" + std::string(name), closing = "</" + std::string(name) + ">";
  std::vector<std::string_view> found;
  for (std::size_t from = 0;;) {
    from = find_opening(xml, opening, from);
    if (from == xml.npos) return found;
    const std::size_t end_of_opening = xml.find('>', from);
    if (end_of_opening == xml.npos) return found;
    from = end_of_opening + 1;
    if (xml[end_of_opening - 1] == '/') {
      found.emplace_back();
      continue;
    }
    const std::size_t end = xml.find(closing, from);
    if (end == xml.npos) return found;
    found.push_back(xml.substr(from, end - from));
    from = end + closing.size();
  }
}

std::string text_of(std::string_view xml, std::string_view name) {
  const auto found = inner_xml(xml, name);
  return found.empty() ? "" : unescaped(found.front());
}

}  // namespace hss::aws
