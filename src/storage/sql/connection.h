#pragma once

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hss::storage {

/// A change that the database's own rules reject: a value that must be unique and is not, say.
class ConstraintViolation : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One statement that a connection keeps prepared, and the run of it that is under way. Parameters
/// count from 1, columns from 0.
class Statement {
 public:
  virtual ~Statement() = default;

  virtual void bind_null(int index) = 0;
  virtual void bind(int index, std::int64_t value) = 0;
  virtual void bind_text(int index, std::string_view value) = 0;
  /// `value` outlives the run.
  virtual void bind_borrowed(int index, const std::string& value) = 0;
  virtual void bind_blob(int index, std::string_view value) = 0;

  /// Moves to the next row; returns false after the last.
  virtual bool step() = 0;
  /// Runs it to its end and returns how many rows it changed. Throws ConstraintViolation.
  virtual int execute() = 0;
  /// Runs it, at the latest before anything else is read or committed. A failure may be thrown by
  /// that.
  virtual void enqueue() = 0;
  /// The same for the insertion of a row, see below.
  virtual void enqueue_row() { enqueue(); }
  /// Ends the run.
  virtual void reset() noexcept = 0;

  virtual bool is_null(int column) const = 0;
  /// Empty for a value that is no integer.
  virtual std::optional<std::int64_t> integer(int column) const = 0;
  virtual std::string text(int column) const = 0;
  virtual std::string blob(int column) const = 0;
};

/// A connection to a database. Only one thread at a time may use it. Failures are thrown as the
/// engine's own exceptions, which its store translates.
class Connection {
 public:
  virtual ~Connection() = default;

  /// The kept statement of this text, without values. The address of `sql` identifies it, so it is
  /// a literal or a static string. Only one run of the same statement may be open at once.
  virtual Statement& statement(const char* sql) = 0;

  /// Runs what was enqueued.
  virtual void flush() = 0;

  /// Says that a query without values is about to be made: a server's connection sends it with the
  /// next statement, and its next run has the rows that it found then.
  virtual void prefetch(const char* sql) { static_cast<void>(sql); }

  /// Grows with every statement that changed something, in the open transaction included.
  virtual std::uint64_t changes() const = 0;

  /// As many rows as a query that may find any number should ask for: some engines read all of them
  /// before the first is there.
  virtual std::int64_t rows_at_once() const = 0;

  /// True if the database's triggers keep the totals (totals.h).
  virtual bool has_triggers() const = 0;

  /// True if damage can hide a row from a search, which ends at a neighbour of it then.
  virtual bool may_hide_rows() const = 0;

  /// The search index of the engine (search_index.h).
  virtual const class SearchIndex& search_index() const = 0;
};

/// One run of a kept statement: binds the values in order, and resets the statement at the end of
/// its scope.
///
///   for (Query rows(connection, "SELECT id FROM bookings WHERE status = ?", status); rows.step();)
///     ids.push_back(rows.text(0));
class Query {
 public:
  template <class... Values>
  Query(Connection& connection, const char* sql, const Values&... values)
      : connection_(connection), statement_(connection.statement(sql)) {
    int index = 0;
    (bind(++index, values), ...);
  }
  ~Query() { statement_.reset(); }
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  /// Moves to the next row; returns false after the last.
  bool step() { return statement_.step(); }

  /// Each throws DamagedValue for a value that HSS cannot have stored.
  std::string text(int column) const;
  std::optional<std::string> optional_text(int column) const;
  std::int64_t integer(int column) const;
  std::optional<std::int64_t> optional_integer(int column) const;
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
  friend void require_whole(Query neighbour);
  template <class... Values>
  friend int execute(Connection& connection, const char* sql, const Values&... values);
  template <class... Values>
  friend void enqueue(Connection& connection, const char* sql, const Values&... values);
  template <class... Values>
  friend void enqueue_row(Connection& connection, const char* sql, const Values&... values);

  struct Borrowing {};
  template <class... Values>
  Query(Borrowing, Connection& connection, const char* sql, const Values&... values)
      : connection_(connection), statement_(connection.statement(sql)) {
    int index = 0;
    (bind_borrowed(++index, values), ...);
  }

  template <class Value>
  void bind_borrowed(int index, const Value& value) {
    bind(index, value);
  }
  void bind_borrowed(int index, const std::string& value) {
    statement_.bind_borrowed(index, value);
  }
  template <class Value>
  void bind_borrowed(int index, const std::optional<Value>& value) {
    if (value) {
      bind_borrowed(index, *value);
    } else {
      statement_.bind_null(index);
    }
  }

  void bind(int index, std::int64_t value) { statement_.bind(index, value); }
  void bind(int index, int value) { statement_.bind(index, std::int64_t{value}); }
  void bind(int index, std::string_view value) { statement_.bind_text(index, value); }
  void bind(int index, const std::string& value) { statement_.bind_text(index, value); }
  void bind(int index, const char* value) { statement_.bind_text(index, value); }
  void bind(int index, const Blob& value) { statement_.bind_blob(index, value.bytes); }
  template <class Value>
  void bind(int index, const std::optional<Value>& value) {
    if (value) {
      bind(index, *value);
    } else {
      statement_.bind_null(index);
    }
  }

  Connection& connection_;
  Statement& statement_;
};

/// Checks a search that found nothing, where damage can hide rows. `neighbour` selects the row that
/// would stand before the missing one, if there is one: a search that meets a lost key goes astray
/// and ends after it. Throws as Query::text() does.
void require_whole(Query neighbour);

/// Runs a statement that returns no rows, and returns how many it changed. Texts are not copied, as
/// they outlive the call.
template <class... Values>
int execute(Connection& connection, const char* sql, const Values&... values) {
  return Query(Query::Borrowing{}, connection, sql, values...).statement_.execute();
}

/// The same for a change whose count nobody needs: a server's connection sends it with the next.
template <class... Values>
void enqueue(Connection& connection, const char* sql, const Values&... values) {
  Query(Query::Borrowing{}, connection, sql, values...).statement_.enqueue();
}

/// The same for `INSERT INTO … VALUES (?, …)`, whose values are all parameters, into a table that
/// refers to no other one: a server's connection makes one statement of many rows. Rows of several
/// tables may change places, but none with another statement.
template <class... Values>
void enqueue_row(Connection& connection, const char* sql, const Values&... values) {
  Query(Query::Borrowing{}, connection, sql, values...).statement_.enqueue_row();
}

}  // namespace hss::storage
