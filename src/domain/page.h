#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hss::domain {

/// A part of a list. `cursor` (the last row's id, from `next_cursor` of an earlier slice) and
/// `offset` both skip rows; a cursor costs the same on every page.
struct Page {
  int limit = 50;
  std::int64_t offset = 0;
  std::optional<std::string> cursor;
};

template <class Row>
struct Slice {
  std::vector<Row> rows;
  std::optional<std::string> next_cursor;  ///< empty if this slice is the last
};

}  // namespace hss::domain
