#pragma once

#include <span>
#include <string>
#include <vector>

namespace hss::storage {

/// A column of a table that is copied, and the type in which every engine keeps it.
struct Column {
  enum class Type { integer, text, blob };

  const char* name;
  Type type;
};

/// A table that is copied, or the part of one that comes after its other part.
class Table {
 public:
  /// Rows are read in the order of `key`, which has at most two columns; of none, if there is one
  /// row. `condition` selects the part, and is empty for all of the table.
  Table(const char* name, std::vector<Column> columns, std::vector<Column> key,
        const char* condition = "");

  const char* name() const { return name_; }
  const std::vector<Column>& columns() const { return columns_; }
  const std::vector<Column>& key() const { return key_; }
  /// Throws std::logic_error if there is no such column.
  std::size_t index_of(std::string_view column) const;

  /// Statements, as Connection::statement() takes them: the first rows, those behind a key, whose
  /// values are bound first, and how many there are. Rows have the values of the columns and of the
  /// key; the last parameter is their number.
  const char* first_rows() const { return first_rows_.c_str(); }
  const char* next_rows() const { return next_rows_.c_str(); }
  const char* count() const { return count_.c_str(); }
  /// Inserts a row with the values of the columns.
  const char* insert() const { return insert_.c_str(); }
  /// Deletes every row of the table, of its other part too.
  const char* clear() const { return clear_.c_str(); }

 private:
  const char* name_;
  std::vector<Column> columns_, key_;
  std::string first_rows_, next_rows_, count_, insert_, clear_;
};

/// Every table with data, in an order in which rows can be inserted: one that another refers to
/// comes first. A test compares them with the tables of the engines.
std::span<const Table> copied_tables();

/// The table of that name. Throws std::logic_error.
const Table& copied_table(std::string_view name);

}  // namespace hss::storage
