#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "storage/copy/table.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// A number, or the bytes of a text or blob; none for NULL.
using Value = std::variant<std::monostate, std::int64_t, std::string>;
/// In the order of Table::columns().
using Row = std::vector<Value>;

std::int64_t integer_of(const Value& value);
const std::string& text_of(const Value& value);

/// Reads all rows of a table in the order of its key, many at a time. Throws DamagedValue for a
/// value that HSS cannot have stored.
void read_rows(Connection& connection, const Table& table,
               const std::function<void(const Row&)>& see);

std::int64_t count_rows(Connection& connection, const Table& table);

/// Inserts rows, many at a time. A row that the engine's rules reject throws ConstraintViolation,
/// at the latest from finish().
class RowWriter {
 public:
  RowWriter(Connection& connection, const Table& table) : connection_(connection), table_(table) {}

  void write(const Row& row);
  void finish();

 private:
  Connection& connection_;
  const Table& table_;
  int enqueued_ = 0;       ///< rows that wait to be sent
  std::size_t bytes_ = 0;  ///< of them
};

/// Which rows were seen, in which order: equal rows make equal sums, whatever the engine.
class RowSum {
 public:
  void add(const Row& row);

  std::int64_t rows() const { return rows_; }
  /// Bytes.
  std::string sum() const;

 private:
  std::int64_t rows_ = 0;
  std::string sum_, unsummed_;
};

}  // namespace hss::storage
