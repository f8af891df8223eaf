#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss::storage {

/// A statement of storage/sql for an engine with numbered parameters ($1) or plain ones (?).
struct PortableSql {
  std::string text;
  /// For each parameter of the text, the number of the value bound to it, from 1.
  std::vector<int> values;
};

/// The text of an INSERT of one row (Statement::enqueue_row) for so many rows.
std::string with_rows(std::string_view insert, int rows);

enum class Placeholders { numbered, plain };

/// Takes out what is said to SQLite's planner alone: INDEXED BY and NOT INDEXED, CROSS for a JOIN
/// in the order of writing, and a plus that keeps a column's index from being used. Texts in quotes
/// stay as they are.
PortableSql to_portable(std::string_view sql, Placeholders placeholders);

}  // namespace hss::storage
