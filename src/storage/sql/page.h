#pragma once

#include <limits>

#include "domain/error.h"
#include "domain/page.h"
#include "storage/sql/connection.h"

namespace hss::storage {

inline constexpr std::int64_t after_everything = std::numeric_limits<std::int64_t>::max();
/// As a LIMIT: no limit, on every engine.
inline constexpr std::int64_t all_rows = std::numeric_limits<std::int64_t>::max();

domain::Error bad_cursor();

/// The id that the page follows; after_everything without a cursor. Throws bad_cursor().
std::int64_t number_of_cursor(const domain::Page& page);

/// The query asks for one row more than the page's limit: that row shows that more follow.
template <class Row, class RowOf, class CursorOf>
domain::Slice<Row> slice_of(Query& rows, const domain::Page& page, const RowOf& row_of,
                            const CursorOf& cursor_of) {
  domain::Slice<Row> slice;
  while (rows.step()) {
    if (slice.rows.size() == static_cast<std::size_t>(page.limit)) {
      slice.next_cursor = cursor_of(slice.rows.back());
      break;
    }
    slice.rows.push_back(row_of(rows));
  }
  return slice;
}

}  // namespace hss::storage
