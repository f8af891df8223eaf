#include "storage/mysql/connection.h"

#include <mysql.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <charconv>
#include <chrono>
#include <cstring>
#include <mutex>
#include <new>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "storage/mysql/delete_by_join.h"
#include "storage/mysql/failure.h"
#include "storage/mysql/index_hint.h"
#include "storage/mysql/literal.h"
#include "storage/mysql/search_index.h"
#include "storage/server/failure.h"
#include "storage/server/portable_sql.h"
#include "storage/server/sign_in.h"

namespace hss::storage {
namespace {

/// The text that waits is sent at the latest with so many bytes: servers refuse one that is longer
/// than their max_allowed_packet, which is not below 4 MB (mysql.cpp).
constexpr std::size_t max_waiting = 256 << 10;

// What wait_timeout is set to, in seconds, within a transaction and outside.
constexpr const char* limit_idle_time = "SET SESSION wait_timeout = 5";
constexpr const char* allow_idle_time = "SET SESSION wait_timeout = 28800";

/// The pieces between the parameters of a statement, and behind the last.
std::vector<std::string> split_at_parameters(const std::string& sql) {
  std::vector<std::string> pieces(1);
  char quote = '\0';
  for (const char c : sql) {
    if (quote == '\0' && c == '?') {
      pieces.emplace_back();
      continue;
    }
    if (quote == c) {
      quote = '\0';
    } else if (quote == '\0' && (c == '\'' || c == '"')) {
      quote = c;
    }
    pieces.back() += c;
  }
  return pieces;
}

}  // namespace

void MysqlConnection::Close::operator()(MYSQL* connection) const {
  mysql_close(connection);
}

void MysqlConnection::Free::operator()(MYSQL_RES* result) const {
  mysql_free_result(result);
}

/// A kept statement with the values and the results of its run.
class MysqlConnection::Text final : public Statement {
 public:
  Text(MysqlConnection& connection, std::string_view sql) : connection_(connection) {
    PortableSql portable = to_portable(with_index_hint(delete_by_join(sql)), Placeholders::plain);
    pieces_ = split_at_parameters(portable.text);
    numbers_ = std::move(portable.values);
    begins_ = portable.text == "BEGIN";
    ends_ = portable.text == "COMMIT" || portable.text == "ROLLBACK";
    rolls_back_ = portable.text.starts_with("ROLLBACK");
  }

  void bind_null(int index) override { set(index, "NULL"); }
  void bind(int index, std::int64_t value) override { set(index, std::to_string(value)); }
  void bind_text(int index, std::string_view value) override {
    std::string literal;
    append_text_literal(literal, value);
    set(index, std::move(literal));
  }
  void bind_borrowed(int index, const std::string& value) override { bind_text(index, value); }
  void bind_blob(int index, std::string_view value) override {
    std::string literal;
    append_blob_literal(literal, value);
    set(index, std::move(literal));
  }

  bool step() override {
    if (!has_run_) {
      if (!std::exchange(is_prefetched_, false)) {
        run();
      } else if (!result_) {
        connection_.read_results();
      }
      has_run_ = true;
    }
    row_ = result_ ? mysql_fetch_row(result_.get()) : nullptr;
    if (row_ == nullptr) return false;
    lengths_ = mysql_fetch_lengths(result_.get());
    return true;
  }

  int execute() override {
    const std::uint64_t before = connection_.changes_;
    run();
    return static_cast<int>(connection_.changes_ - before);
  }

  void enqueue() override {
    connection_.add(sql(), {.statement = this});
    ++connection_.changes_;
    if (connection_.waiting_.size() > max_waiting) connection_.read_results();
  }

  void enqueue_row() override {
    if (rows_.empty()) {
      connection_.with_rows_.push_back(this);
      rows_ = sql();
    } else {
      // All values are parameters, so before the first of them stands what the rows have in common.
      rows_.append(", (").append(sql(), pieces_.front().size());
    }
    ++connection_.changes_;
    if (rows_.size() > max_waiting) connection_.flush();
  }

  void prefetch() {
    connection_.add(sql(), {.statement = this, .is_prefetched = true});
    result_.reset();
    is_prefetched_ = true;
  }
  void forget_prefetched() { is_prefetched_ = false; }

  std::string take_rows() { return std::exchange(rows_, {}); }

  void reset() noexcept override {
    has_run_ = false;
    result_.reset();
    row_ = nullptr;
  }

  bool is_null(int column) const override { return row_[column] == nullptr; }
  std::optional<std::int64_t> integer(int column) const override {
    if (is_null(column)) return std::nullopt;
    const char* const begin = row_[column];
    const char* const end = begin + lengths_[column];
    std::int64_t number = 0;
    const auto [at, failure] = std::from_chars(begin, end, number);
    if (failure != std::errc() || at != end) return std::nullopt;
    return number;
  }
  std::string text(int column) const override {
    return is_null(column) ? std::string() : std::string(row_[column], lengths_[column]);
  }
  std::string blob(int column) const override { return text(column); }

  void take(Result result) { result_ = std::move(result); }
  bool begins() const { return begins_; }
  bool ends() const { return ends_; }
  bool rolls_back() const { return rolls_back_; }

 private:
  void set(int index, std::string literal) {
    const auto at = static_cast<std::size_t>(index) - 1;
    if (at >= values_.size()) values_.resize(at + 1);
    values_[at] = std::move(literal);
  }

  std::string sql() const {
    std::string sql = pieces_.front();
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      sql += values_.at(static_cast<std::size_t>(numbers_[i]) - 1);
      sql += pieces_[i + 1];
    }
    return sql;
  }

  void run() {
    connection_.add(sql(), {.statement = this});
    connection_.read_results();
    has_run_ = true;
  }

  MysqlConnection& connection_;
  std::vector<std::string> pieces_;
  std::vector<int> numbers_;         ///< of the values between the pieces, from 1
  std::vector<std::string> values_;  ///< as literals
  std::string rows_;                 ///< an insertion of those that wait to be sent together
  bool begins_ = false, ends_ = false, rolls_back_ = false;
  Result result_;
  MYSQL_ROW row_ = nullptr;
  const unsigned long* lengths_ = nullptr;
  bool has_run_ = false;
  bool is_prefetched_ = false;  ///< its rows are there or on their way
};

MysqlConnection::MysqlConnection(const ServerAddress& address, Purpose purpose)
    : purpose_(purpose) {
  static std::once_flag is_ready;
  std::call_once(is_ready, [] { mysql_server_init(0, nullptr, nullptr); });
  try {
    sign_in(address, [&](const std::string& password) { connect(address, password); });
    watch_peer();
    begin_session();
  } catch (const ConnectionLost& failure) {
    throw ServerFailure(ServerFailure::Kind::unreachable, failure.what());
  }
}

MysqlConnection::~MysqlConnection() = default;

void MysqlConnection::set_options(const ServerAddress& address) {
  MYSQL* const connection = connection_.get();
  const auto set_seconds = [&](mysql_option option, unsigned seconds) {
    mysql_optionsv(connection, option, &seconds);
  };
  set_seconds(MYSQL_OPT_CONNECT_TIMEOUT, 5);
  // A server may hang while its machine goes on. Tables may take long to change.
  if (purpose_ != Purpose::manage) {
    set_seconds(MYSQL_OPT_READ_TIMEOUT, max_silence.count());
    set_seconds(MYSQL_OPT_WRITE_TIMEOUT, max_silence.count());
  }
  mysql_optionsv(connection, MYSQL_SET_CHARSET_NAME, "utf8mb4");
  // "localhost" would mean a socket in the file system.
  const unsigned protocol = MYSQL_PROTOCOL_TCP;
  mysql_optionsv(connection, MYSQL_OPT_PROTOCOL, &protocol);
  // A server may ask for any file of this machine.
  const unsigned no_files = 0;
  mysql_optionsv(connection, MYSQL_OPT_LOCAL_INFILE, &no_files);
  mysql_optionsv(connection, MARIADB_OPT_RESTRICTED_AUTH,
                 "mysql_native_password,caching_sha2_password,sha256_password,client_ed25519");
  if (!address.uses_tls) return;
  const my_bool yes = 1;
  mysql_optionsv(connection, MYSQL_OPT_SSL_ENFORCE, &yes);
  mysql_optionsv(connection, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
  mysql_optionsv(connection, MYSQL_OPT_SSL_CA, address.ca_file.c_str());
  mysql_optionsv(connection, MARIADB_OPT_TLS_VERSION, "TLSv1.2,TLSv1.3");
}

void MysqlConnection::connect(const ServerAddress& address, const std::string& password) {
  connection_.reset(mysql_init(nullptr));
  if (!connection_) throw std::bad_alloc();
  set_options(address);
  if (mysql_real_connect(connection_.get(), address.host.c_str(), address.user.c_str(),
                         password.c_str(), address.database.c_str(),
                         static_cast<unsigned>(address.port), nullptr,
                         CLIENT_FOUND_ROWS | CLIENT_MULTI_STATEMENTS) == nullptr) {
    throw_failure();
  }
}

/// Ends the connection if its peer's machine is gone, in some ten seconds.
void MysqlConnection::watch_peer() {
  const int socket = static_cast<int>(mysql_get_socket(connection_.get()));
  const auto set = [socket](int level, int option, int value) {
    ::setsockopt(socket, level, option, &value, sizeof value);
  };
  set(SOL_SOCKET, SO_KEEPALIVE, 1);
  set(IPPROTO_TCP, TCP_KEEPIDLE, 5);
  set(IPPROTO_TCP, TCP_KEEPINTVL, 2);
  set(IPPROTO_TCP, TCP_KEEPCNT, 3);
  set(IPPROTO_TCP, TCP_USER_TIMEOUT, 10'000);
}

/// Settings of the session, whatever the server's are. Times are in seconds, but for
/// max_execution_time.
void MysqlConnection::begin_session() {
  run_script(
      "SET NAMES utf8mb4 COLLATE utf8mb4_bin;"
      "SET SESSION sql_mode = 'ANSI_QUOTES,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION',"
      " time_zone = '+00:00', autocommit = 1, foreign_key_checks = 1, unique_checks = 1");
  switch (purpose_) {
    case Purpose::write:
      run_script(
          "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;"
          "SET SESSION innodb_lock_wait_timeout = 10, lock_wait_timeout = 10");
      run_script(allow_idle_time);
      if (is_mariadb()) {
        run_script("SET SESSION idle_transaction_timeout = 5");
      } else {
        limits_idle_time_ = true;
      }
      break;
    case Purpose::read:
      run_script("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      break;
    case Purpose::manage:
      run_script(
          "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE;"
          "SET SESSION lock_wait_timeout = 60, wait_timeout = 86400, net_write_timeout = 3600");
      run_script(is_mariadb() ? "SET SESSION idle_transaction_timeout = 0, max_statement_time = 0"
                              : "SET SESSION max_execution_time = 0");
      return;
  }
  // MySQL knows one for queries alone.
  run_script(is_mariadb() ? "SET SESSION max_statement_time = 10"
                          : "SET SESSION max_execution_time = 10000");
}

bool MysqlConnection::is_mariadb() const {
  return mariadb_connection(connection_.get()) != 0;
}

std::string MysqlConnection::tls_version() const {
  const char* version = nullptr;
  if (mysql_get_ssl_cipher(connection_.get()) == nullptr) return {};
  mariadb_get_infov(connection_.get(), MARIADB_CONNECTION_TLS_VERSION, &version);
  return version == nullptr ? "TLS" : version;
}

Statement& MysqlConnection::statement(const char* sql) {
  return text(sql);
}

MysqlConnection::Text& MysqlConnection::text(const char* sql) {
  auto& statement = statements_[sql];
  if (!statement) statement = std::make_unique<Text>(*this, sql);
  return *statement;
}

void MysqlConnection::prefetch(const char* sql) {
  text(sql).prefetch();
}

const SearchIndex& MysqlConnection::search_index() const {
  static const MysqlSearchIndex index;
  return index;
}

void MysqlConnection::flush() {
  add_rows();
  if (!parts_.empty()) read_results();
}

void MysqlConnection::discard() {
  for (Text* statement : std::exchange(with_rows_, {})) statement->take_rows();
  waiting_.clear();
  forget_prefetched(std::exchange(parts_, {}));
  try {
    read_sent();
  } catch (const ConnectionLost&) {
    throw;
  } catch (const std::runtime_error&) {
    // Whatever failed is undone.
  }
}

void MysqlConnection::run_script(const char* sql) {
  if (mysql_real_query(connection_.get(), sql, static_cast<unsigned long>(std::strlen(sql))) != 0) {
    throw_failure();
  }
  for (int next = 0; next == 0; next = mysql_next_result(connection_.get())) {
    const Result result(mysql_store_result(connection_.get()));
    if (mysql_errno(connection_.get()) != 0) throw_failure();
  }
  if (mysql_errno(connection_.get()) != 0) throw_failure();
}

void MysqlConnection::append(std::string_view sql, Part part) {
  if (!waiting_.empty()) waiting_ += ';';
  waiting_ += sql;
  parts_.push_back(part);
}

void MysqlConnection::add(const std::string& sql, Part part) {
  add_rows();
  const Text& statement = *part.statement;
  if (limits_idle_time_ && statement.begins()) append(limit_idle_time, {});
  append(sql, part);
  if (limits_idle_time_ && statement.ends()) append(allow_idle_time, {});
  if (statement.begins()) is_in_transaction_ = true;
}

void MysqlConnection::add_rows() {
  for (Text* statement : std::exchange(with_rows_, {})) append(statement->take_rows(), {});
}

/// The server keeps a transaction open with what a failed statement leaves of it.
void MysqlConnection::require_not_failed(const std::vector<Part>& parts) const {
  if (!has_failed_) return;
  for (const Part& part : parts) {
    if (part.statement != nullptr && part.statement->rolls_back()) return;
  }
  throw ServerFailure(ServerFailure::Kind::other, "a statement of the transaction has failed");
}

void MysqlConnection::send() {
  add_rows();
  if (parts_.empty()) return;
  read_sent();
  const std::string text = std::exchange(waiting_, {});
  std::vector<Part> parts = std::exchange(parts_, {});
  if (is_lost_) throw ConnectionLost("the connection has ended");
  require_not_failed(parts);
  sent_at_ = std::chrono::steady_clock::now();
  if (mysql_send_query(connection_.get(), text.data(), static_cast<unsigned long>(text.size())) !=
      0) {
    throw_failure();
  }
  sent_ = std::move(parts);
}

void MysqlConnection::read_results() {
  send();
  read_sent();
}

void MysqlConnection::read_sent() {
  if (sent_.empty()) return;
  const std::vector<Part> parts = std::exchange(sent_, {});
  std::size_t last = parts.size() - 1;
  while (last > 0 && parts[last].statement == nullptr) --last;
  MYSQL* const connection = connection_.get();
  try {
    if (mysql_read_query_result(connection) != 0) throw_failure();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0 && mysql_next_result(connection) != 0) throw_failure();
      take_result(parts[i], i == last);
    }
  } catch (...) {
    forget_prefetched(parts);
    throw;
  }
  ++answers_;
}

void MysqlConnection::take_result(const Part& part, bool is_last) {
  Result result(mysql_store_result(connection_.get()));
  if (mysql_errno(connection_.get()) != 0) throw_failure();
  Text* const statement = part.statement;
  if (statement == nullptr) return;
  if (statement->rolls_back()) has_failed_ = false;
  if (statement->ends()) is_in_transaction_ = false;
  if (is_last && !result) changes_ += mysql_affected_rows(connection_.get());
  if (is_last || part.is_prefetched) statement->take(std::move(result));
}

void MysqlConnection::forget_prefetched(const std::vector<Part>& parts) {
  for (const Part& part : parts) {
    if (part.is_prefetched) part.statement->forget_prefetched();
  }
}

void MysqlConnection::throw_failure() {
  const unsigned number = mysql_errno(connection_.get());
  const std::string sqlstate = mysql_sqlstate(connection_.get());
  const std::string text = mysql_error(connection_.get());
  is_lost_ = is_lost_ || number == 0 || ends_mysql_connection(number);
  has_failed_ = is_in_transaction_;
  // A writer has to find out what became of its transaction; a reader need not try again.
  if (is_lost_ && purpose_ == Purpose::read && sent_at_ &&
      std::chrono::steady_clock::now() - *sent_at_ >= max_silence) {
    throw ServerFailure(ServerFailure::Kind::busy, text);
  }
  if (number == 0) throw ConnectionLost("the server gave fewer results than it was asked for");
  throw_mysql_failure(number, sqlstate, text);
}

}  // namespace hss::storage
