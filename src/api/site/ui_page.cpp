#include "api/site/ui_page.h"

#include <algorithm>

namespace hss::api {
namespace {

/// Removes the first non-empty segment from the pattern and returns it; empty if none is left.
std::string_view take_segment(std::string_view& pattern) {
  pattern.remove_prefix(std::min(pattern.find_first_not_of('/'), pattern.size()));
  const std::string_view segment = pattern.substr(0, pattern.find('/'));
  pattern.remove_prefix(segment.size());
  return segment;
}

bool matches(std::string_view pattern, const std::vector<std::string>& segments) {
  for (const std::string& segment : segments) {
    if (segment.empty()) continue;
    const std::string_view wanted = take_segment(pattern);
    if (wanted.empty() || (wanted != ":id" && wanted != segment)) return false;
  }
  return take_segment(pattern).empty();
}

}  // namespace

bool is_ui_page(const std::vector<std::string>& segments) {
  return std::any_of(ui_pages.begin(), ui_pages.end(),
                     [&](std::string_view pattern) { return matches(pattern, segments); });
}

}  // namespace hss::api
