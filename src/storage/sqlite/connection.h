#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace hss::storage {

/// One connection to the database file, configured for HSS, with its statements kept prepared. Only
/// one thread at a time may use it. Throws SQLite::Exception (failure.h translates it).
class Connection {
 public:
  enum class Mode {
    read_only,
    look,        ///< to read for the time of one command, and leave nothing beside the file
    read_write,  ///< for a transaction of any size, such as a migration
    batches      ///< for many small ones, as the Writer's
  };

  Connection(const std::string& path, Mode mode);

  SQLite::Database& database() { return database_; }

  /// True if a transaction is open; SQLite itself ends one on some failures.
  bool in_transaction() const;

 private:
  friend class Query;
  template <class... Values>
  friend int execute(Connection& connection, const char* sql, const Values&... values);
  SQLite::Statement& statement(const char* sql);

  SQLite::Database database_;
  std::unordered_map<const void*, std::unique_ptr<SQLite::Statement>> statements_;
};

/// One run of a kept statement: binds the values in order, and resets the statement at the end of
/// its scope.
///
///   for (Query rows(connection, "SELECT id FROM bookings WHERE status = ?", status); rows.step();)
///     ids.push_back(rows.text(0));
///
/// The address of `sql` identifies the statement, so it is a literal or a static string. Only one
/// run of the same statement may be open at once on a connection.
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

  /// Moves to the next row; returns false after the last.
  bool step() { return statement_.executeStep(); }

  /// A value that HSS cannot have stored is damage, and throws the exception that SQLite throws for
  /// damage.
  std::string text(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::int64_t integer(int column) const;
  std::string blob(int column) const;
  /// A text that is a time in the format of domain::from_rfc3339().
  std::string time(int column) const;
  std::optional<std::string> optional_time(int column) const;
  /// A blob that is a signing key or secret; throws if it is all zeroes.
  std::string secret(int column) const;

  /// A value bound as bytes instead of text.
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

/// Checks a search that found nothing. `neighbour` selects the row that would stand before the
/// missing one, if there is one: a search that meets a lost key goes astray and ends after it.
/// Throws as Query::text() does.
void require_whole(Query neighbour);

/// Runs a statement that returns no rows, and returns how many it changed. Texts are not copied, as
/// they outlive the call.
template <class... Values>
int execute(Connection& connection, const char* sql, const Values&... values) {
  Query query(connection.statement(sql));
  int index = 0;
  (query.bind_borrowed(++index, values), ...);
  return query.statement_.exec();
}

}  // namespace hss::storage
