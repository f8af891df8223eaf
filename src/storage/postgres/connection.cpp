#include "storage/postgres/connection.h"

#include <libpq-fe.h>
#include <openssl/ssl.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "storage/damage.h"
#include "storage/postgres/failure.h"
#include "storage/postgres/search_index.h"
#include "storage/server/failure.h"
#include "storage/server/portable_sql.h"
#include "storage/server/sign_in.h"

namespace hss::storage {
namespace {

using Kind = ServerFailure::Kind;

// The types' numbers, which PostgreSQL never changes (catalog/pg_type_d.h).
constexpr Oid int8_type = 20, text_type = 25, bytea_type = 17;

constexpr auto silence_ms = std::chrono::milliseconds(ServerConnection::max_silence).count();

/// Settings of the session. Time-outs are in milliseconds.
const char* options_for(ServerConnection::Purpose purpose) {
  switch (purpose) {
    case ServerConnection::Purpose::write:
      return "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed"
             " -c statement_timeout=10000 -c idle_in_transaction_session_timeout=5000";
    case ServerConnection::Purpose::read:
      return "-c default_transaction_isolation=repeatable\\ read"
             " -c default_transaction_read_only=on -c statement_timeout=10000";
    case ServerConnection::Purpose::manage:
      break;
  }
  return "-c synchronous_commit=on -c default_transaction_isolation=read\\ committed"
         " -c default_transaction_read_only=off -c statement_timeout=0 -c lock_timeout=0"
         " -c idle_in_transaction_session_timeout=0";
}

}  // namespace

void PostgresConnection::Close::operator()(PGconn* connection) const {
  PQfinish(connection);
}

void PostgresConnection::Clear::operator()(PGresult* result) const {
  PQclear(result);
}

/// A kept statement with the values and the results of its run.
class PostgresConnection::Prepared final : public Statement {
 public:
  Prepared(PostgresConnection& connection, std::string_view sql)
      : connection_(connection),
        text_(sql),
        sql_(to_portable(sql, Placeholders::numbered)),
        name_("s" + std::to_string(++connection.prepared_)),
        values_(sql_.values.size()) {}

  void bind_null(int index) override { set(index, 0, std::nullopt); }
  void bind(int index, std::int64_t value) override {
    set(index, int8_type, std::to_string(value));
  }
  void bind_text(int index, std::string_view value) override {
    set(index, text_type, std::string(value));
  }
  void bind_borrowed(int index, const std::string& value) override { set(index, text_type, value); }
  void bind_blob(int index, std::string_view value) override {
    set(index, bytea_type, std::string(value));
  }

  bool step() override {
    if (!has_run_) {
      if (!std::exchange(is_prefetched_, false)) {
        send();
        connection_.read_results();
      } else if (!result_) {
        connection_.read_results();
      }
      has_run_ = true;
      row_ = -1;
    }
    return ++row_ < PQntuples(result_.get());
  }

  int execute() override {
    send();
    const std::uint64_t before = connection_.changes_;
    connection_.read_results();
    has_run_ = true;
    return static_cast<int>(connection_.changes_ - before);
  }

  void enqueue() override {
    send();
    ++connection_.changes_;
  }

  void enqueue_row() override {
    if (rows_.empty()) connection_.with_rows_.push_back(this);
    rows_.insert(rows_.end(), values_.begin(), values_.end());
    ++connection_.changes_;
  }

  void prefetch() {
    send();
    connection_.sent_.back().is_prefetched = true;
    result_.reset();
    is_prefetched_ = true;
  }
  void forget_prefetched() { is_prefetched_ = false; }

  /// Sends the rows, as few statements: each number of rows that there is needs one of its own.
  void send_rows() {
    constexpr std::size_t max_rows = 64;
    const std::size_t columns = values_.size();
    auto row = rows_.begin();
    while (row != rows_.end()) {
      const auto left = static_cast<std::size_t>(rows_.end() - row) / columns;
      const std::size_t rows = std::min(std::bit_floor(left), max_rows);
      auto& insert = of_many_rows_[rows];
      if (!insert) {
        insert = std::make_unique<Prepared>(connection_, with_rows(text_, static_cast<int>(rows)));
      }
      const auto end = row + static_cast<std::ptrdiff_t>(rows * columns);
      insert->values_.assign(row, end);
      insert->send();
      row = end;
    }
    rows_.clear();
  }
  void discard_rows() { rows_.clear(); }

  void reset() noexcept override {
    has_run_ = false;
    result_.reset();
  }

  bool is_null(int column) const override { return PQgetisnull(result_.get(), row_, column) != 0; }
  std::optional<std::int64_t> integer(int column) const override {
    if (is_null(column)) return std::nullopt;
    const std::string_view digits = value(column);
    std::int64_t number = 0;
    const auto end = digits.data() + digits.size();
    const auto [at, failure] = std::from_chars(digits.data(), end, number);
    if (failure != std::errc() || at != end) return std::nullopt;
    return number;
  }
  std::string text(int column) const override { return std::string(value(column)); }
  /// Comes as `\x` and hexadecimal digits.
  std::string blob(int column) const override {
    const std::string_view hex = value(column);
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    std::string bytes;
    for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
      bytes.push_back(static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return bytes;
  }

  void take(Result result) { result_ = std::move(result); }
  bool is_commit() const { return sql_.text == "COMMIT"; }
  bool is_prepared = false;

 private:
  struct Value {
    std::string bytes;
    bool is_null = true;
    Oid type = 0;
  };

  void set(int index, Oid type, std::optional<std::string> bytes) {
    // A value that this engine's text does not use may be bound, too.
    const auto at = static_cast<std::size_t>(index) - 1;
    if (at >= values_.size()) values_.resize(at + 1);
    values_[at].is_null = !bytes.has_value();
    values_[at].bytes = std::move(bytes).value_or("");
    values_[at].type = type;
  }

  std::string_view value(int column) const {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }

  void send() {
    connection_.send_rows();
    std::vector<const char*> values;
    std::vector<int> lengths, formats;
    std::vector<Oid> types;
    for (const Value& value : values_) {
      values.push_back(value.is_null ? nullptr : value.bytes.c_str());
      lengths.push_back(static_cast<int>(value.bytes.size()));
      formats.push_back(value.type == bytea_type ? 1 : 0);
      types.push_back(value.type);
    }
    const auto count = static_cast<int>(values_.size());
    PGconn* const to = connection_.connection_.get();
    // A statement with a null for a value of unknown type is prepared by the run that knows it.
    if (!is_prepared) {
      if (PQsendPrepare(to, name_.c_str(), sql_.text.c_str(), count, types.data()) != 1) {
        connection_.throw_lost();
      }
      connection_.sent_.push_back({.statement = this, .is_preparation = true});
      is_prepared = true;
    }
    if (PQsendQueryPrepared(to, name_.c_str(), count, values.data(), lengths.data(), formats.data(),
                            0) != 1) {
      connection_.throw_lost();
    }
    connection_.sent_.push_back({.statement = this});
  }

  PostgresConnection& connection_;
  const std::string text_;
  const PortableSql sql_;
  const std::string name_;
  std::vector<Value> values_;
  std::vector<Value> rows_;  ///< one after the other
  std::map<std::size_t, std::unique_ptr<Prepared>> of_many_rows_;
  Result result_;
  int row_ = -1;
  bool has_run_ = false;
  bool is_prefetched_ = false;  ///< its rows are there or on their way
};

PostgresConnection::PostgresConnection(const ServerAddress& address, Purpose purpose)
    : purpose_(purpose) {
  sign_in(address, [&](const std::string& password) { connect(address, password); });
  PQsetNoticeProcessor(
      connection_.get(), [](void*, const char*) {}, nullptr);
  if (PQenterPipelineMode(connection_.get()) != 1) throw_lost();
}

void PostgresConnection::connect(const ServerAddress& address, const std::string& password) {
  const std::string port = std::to_string(address.port);
  const char* const tls = !address.uses_tls         ? "disable"
                          : address.ca_file.empty() ? "require"
                                                    : "verify-full";
  // libpq would look for these files in the user's folder. Settings of its own it has from PG*
  // variables, which config/database.cpp takes away.
  constexpr const char* no_file = "/nonexistent";
  const std::array<std::pair<const char*, const char*>, 22> parameters{
      {{"host", address.host.c_str()},
       {"port", port.c_str()},
       {"dbname", address.database.c_str()},
       {"user", address.user.c_str()},
       {"password", password.c_str()},
       {"sslmode", tls},
       {"sslrootcert", address.ca_file.c_str()},
       {"sslcert", no_file},
       {"sslkey", no_file},
       {"sslcrl", no_file},
       {"passfile", no_file},
       {"gssencmode", "disable"},
       {"target_session_attrs", "any"},
       {"application_name", "hss"},
       {"client_encoding", "UTF8"},
       {"connect_timeout", "5"},
       {"keepalives", "1"},
       {"keepalives_idle", "5"},
       {"keepalives_interval", "2"},
       {"keepalives_count", "3"},
       {"tcp_user_timeout", "10000"},
       {"options", options_for(purpose_)}}};
  std::vector<const char*> names, values;
  for (const auto& [name, value] : parameters) {
    names.push_back(name);
    values.push_back(value);
  }
  names.push_back(nullptr);
  values.push_back(nullptr);
  connection_.reset(PQconnectdbParams(names.data(), values.data(), 0));
  if (!connection_) throw std::bad_alloc();
  const auto has_failed = [this] { return PQstatus(connection_.get()) != CONNECTION_OK; };
  if (has_failed() && is_from_server(PQerrorMessage(connection_.get()))) {
    // libpq says the code only in this form, which a connection must be there for. The text alone
    // is in the server's language.
    PQsetErrorVerbosity(connection_.get(), PQERRORS_VERBOSE);
    PQreset(connection_.get());
    PQsetErrorVerbosity(connection_.get(), PQERRORS_DEFAULT);
  }
  if (has_failed()) {
    const std::string message = PQerrorMessage(connection_.get());
    throw ServerFailure(kind_of_connecting(message), message);
  }
}

PostgresConnection::~PostgresConnection() = default;

bool PostgresConnection::is_usable() const {
  return !is_silent_ && PQstatus(connection_.get()) == CONNECTION_OK;
}

bool PostgresConnection::has_failed() const {
  return PQtransactionStatus(connection_.get()) == PQTRANS_INERROR;
}

Statement& PostgresConnection::statement(const char* sql) {
  return prepared(sql);
}

PostgresConnection::Prepared& PostgresConnection::prepared(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) {
    statement = std::make_unique<Prepared>(*this, sql);
  }
  return *statement;
}

const SearchIndex& PostgresConnection::search_index() const {
  static const PostgresSearchIndex index;
  return index;
}

void PostgresConnection::prefetch(const char* sql) {
  prepared(sql).prefetch();
}

void PostgresConnection::send_rows() {
  for (Prepared* statement : std::exchange(with_rows_, {})) statement->send_rows();
}

void PostgresConnection::flush() {
  send_rows();
  if (!sent_.empty()) read_results();
}

void PostgresConnection::discard() {
  for (Prepared* statement : std::exchange(with_rows_, {})) statement->discard_rows();
  try {
    flush();
  } catch (const ConnectionLost&) {
    throw;
  } catch (const std::runtime_error&) {
    // Whatever failed is undone.
  }
}

void PostgresConnection::run_script(const char* sql) {
  if (PQexitPipelineMode(connection_.get()) != 1) throw_lost();
  const Result result(PQexec(connection_.get(), sql));
  const ExecStatusType status = PQresultStatus(result.get());
  if (PQenterPipelineMode(connection_.get()) != 1) throw_lost();
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) throw_failure(result.get());
}

void PostgresConnection::throw_lost() {
  sent_.clear();
  throw ConnectionLost(PQerrorMessage(connection_.get()));
}

/// Waits until PQgetResult() has something. libpq itself would wait for ever for a server that
/// hangs, whose kernel goes on to answer.
void PostgresConnection::await_result() {
  PGconn* const from = connection_.get();
  while (PQisBusy(from) == 1) {
    // What is decrypted already does not come by the socket.
    auto* const tls = static_cast<SSL*>(PQgetssl(from));
    if (tls == nullptr || SSL_pending(tls) == 0) {
      pollfd socket{.fd = PQsocket(from), .events = POLLIN, .revents = 0};
      const int limit = purpose_ == Purpose::manage ? -1 : static_cast<int>(silence_ms);
      const int ready = ::poll(&socket, 1, limit);
      if (ready == 0) throw_silent();
      if (ready < 0 && errno == EINTR) continue;
    }
    if (PQconsumeInput(from) != 1) throw_lost();
  }
}

/// The connection is not used again, as the answer may still come.
void PostgresConnection::throw_silent() {
  sent_.clear();
  is_silent_ = true;
  const std::string text = "no answer within " + std::to_string(silence_ms) + " ms";
  // A writer has to find out what became of its transaction.
  if (purpose_ == Purpose::write) throw ConnectionLost(text);
  throw ServerFailure(Kind::busy, text);
}

PostgresConnection::Result PostgresConnection::next_result() {
  await_result();
  return Result(PQgetResult(connection_.get()));
}

void PostgresConnection::send() {
  send_rows();
  if (PQpipelineSync(connection_.get()) != 1) throw_lost();
  sent_.push_back({});
}

void PostgresConnection::read_results() {
  PGconn* const from = connection_.get();
  send();
  const Sent& last = *(sent_.end() - 2);
  Result failure;
  bool has_lost_commit = false;
  for (const Sent& sent : sent_) {
    if (sent.statement == nullptr) {
      read_end_of_pipeline();
      continue;
    }
    for (;;) {
      Result result = next_result();
      if (!result) break;
      const ExecStatusType status = PQresultStatus(result.get());
      if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) {
        if (sent.is_preparation) continue;
        const std::string_view changed = PQcmdTuples(result.get());
        const std::string_view command = PQcmdStatus(result.get());
        std::uint64_t rows = 0;
        std::from_chars(changed.data(), changed.data() + changed.size(), rows);
        const bool is_last = &sent == &last;
        if (is_last && !command.starts_with("SELECT")) changes_ += rows;
        // A transaction that has failed can only be rolled back, and COMMIT does that without an
        // error.
        has_lost_commit = has_lost_commit || (command == "ROLLBACK" && sent.statement->is_commit());
        if (is_last || sent.is_prefetched) sent.statement->take(std::move(result));
        continue;
      }
      if (sent.is_preparation) sent.statement->is_prepared = false;
      if (sent.is_prefetched) sent.statement->forget_prefetched();
      if (status == PGRES_FATAL_ERROR && !failure) failure = std::move(result);
    }
    if (PQstatus(from) != CONNECTION_OK) throw_lost();
  }
  sent_.clear();
  ++answers_;
  if (failure) throw_failure(failure.get());
  if (has_lost_commit) {
    throw ServerFailure(Kind::other, "the transaction had failed before its COMMIT");
  }
}

void PostgresConnection::read_end_of_pipeline() {
  PGconn* const from = connection_.get();
  for (;;) {
    const Result end = next_result();
    if (PQstatus(from) != CONNECTION_OK) throw_lost();
    if (!end) continue;
    if (PQresultStatus(end.get()) == PGRES_PIPELINE_SYNC) return;
    throw_lost();
  }
}

void PostgresConnection::throw_failure(const PGresult* result) {
  const char* const code = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string_view sqlstate = code == nullptr ? "" : code;
  const std::string message =
      std::string(PQresultErrorMessage(result)) + " (" + std::string(sqlstate) + ")";
  // 22 is a value that does not fit its column, 23 a constraint.
  if (sqlstate.starts_with("22") || sqlstate.starts_with("23")) throw ConstraintViolation(message);
  // The server ends the session: it stops, or an administrator or a time-out said so.
  if (sqlstate.starts_with("57P") || sqlstate.starts_with("08") || sqlstate == "25P03" ||
      sqlstate.empty()) {
    throw ConnectionLost(message);
  }
  if (sqlstate == "40001" || sqlstate == "40P01") throw ConnectionLost(message);
  throw ServerFailure(kind_of(sqlstate), message);
}

}  // namespace hss::storage
