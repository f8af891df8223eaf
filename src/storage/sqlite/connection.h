#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hss::storage {

/// One connection to the database file, set up as HSS needs it, with its statements kept prepared.
/// Used by one thread at a time. Throws SQLite::Exception (failure.h translates it).
class Connection {
 public:
  enum class Mode {
    read_only,
    look,        ///< to read, for as long as a command takes, and leave nothing beside the file
    read_write,  ///< for a transaction of any size, as a step of the schema is
    batches      ///< for many small ones, as the Writer's: pages stay in memory until the commit
  };

  Connection(const std::string& path, Mode mode);

  SQLite::Database& database() { return database_; }

  /// True where SQLite has a transaction open here; it ends one by itself on some failures.
  bool in_transaction() const;

 private:
  friend class Query;
  template <class... Values>
  friend int execute(Connection& connection, const char* sql, const Values&... values);
  SQLite::Statement& statement(const char* sql);

  SQLite::Database database_;
  std::unordered_map<const void*, std::unique_ptr<SQLite::Statement>> statements_;
};

/// One run of a kept statement: binds the values in order, and resets it at the end of its scope.
///
///   for (Query rows(connection, "SELECT id FROM bookings WHERE status = ?", status); rows.step();)
///     ids.push_back(rows.text(0));
///
/// `sql` is told apart by its address, so it is a literal or a static string; no two runs of the
/// same one are open at once on a connection.
class Query {
 public:
  template <class... Values>
  Query(Connection& connection, const char* sql, const Values&... values)
      : statement_(connection.statement(sql)) {
    int index = 0;
    (bind(++index, values), ...);
  }
  ~Query() { statement_.tryReset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// The next row; false after the last.
  bool step() { return statement_.executeStep(); }

  /// What HSS cannot have stored there is damage, and thrown as SQLite throws that.
  std::string text(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::int64_t integer(int column) const;
  std::string blob(int column) const;
  /// A text that is a time, as domain::from_rfc3339() takes it.
  std::string time(int column) const;
  std::optional<std::string> optional_time(int column) const;
  /// A blob that signs: zeroes alone are none.
  std::string secret(int column) const;

  /// Bytes rather than text.
  struct Blob {
    std::string_view bytes;
  };

 private:
  template <class... Values>
  friend int execute(Connection& connection, const char* sql, const Values&... values);

  explicit Query(SQLite::Statement& statement) : statement_(statement) {}

  template <class Value>
  void bind_borrowed(int index, const Value& value) {
    bind(index, value);
  }
  void bind_borrowed(int index, const std::string& value) { statement_.bindNoCopy(index, value); }
  template <class Value>
  void bind_borrowed(int index, const std::optional<Value>& value) {
    if (value) {
      bind_borrowed(index, *value);
    } else {
      statement_.bind(index);
    }
  }

  void bind(int index, std::int64_t value) { statement_.bind(index, value); }
  void bind(int index, int value) { statement_.bind(index, value); }
  void bind(int index, const std::string& value) { statement_.bind(index, value); }
  void bind(int index, std::string_view value) { statement_.bind(index, std::string(value)); }
  void bind(int index, const char* value) { statement_.bind(index, value); }
  void bind(int index, const Blob& value) {
    statement_.bind(index, value.bytes.data(), static_cast<int>(value.bytes.size()));
  }
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) {
      bind(index, *value);
    } else {
      statement_.bind(index);
    }
  }

  SQLite::Statement& statement_;
};

/// For a search that found nothing: its `neighbour`, the row that would stand before the one that
/// was looked for, if there is one. A search goes astray at a key that was lost, and ends behind
/// it. Throws as Query::text() does.
void require_whole(Query neighbour);

/// Runs a statement that gives no rows, and says how many it changed. Texts are not copied, as they
/// live until it is done.
template <class... Values>
int execute(Connection& connection, const char* sql, const Values&... values) {
  Query query(connection.statement(sql));
  int index = 0;
  (query.bind_borrowed(++index, values), ...);
  return query.statement_.exec();
}

}  // namespace hss::storage
