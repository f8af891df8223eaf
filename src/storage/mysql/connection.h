#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "storage/server/connection.h"
#include "storage/server_address.h"

struct st_mysql;
struct st_mysql_res;

namespace hss::storage {

/// A connection to a MariaDB or MySQL server. Statements that are enqueued travel with the next one
/// that is read, or with flush(), as one text in one trip. For that they have their values in them
/// (literal.h): a prepared statement would take a trip of its own. Waits for an answer twelve
/// seconds at most, unless its purpose is to manage.
class MysqlConnection final : public ServerConnection {
 public:
  /// Connects. Throws ServerFailure.
  MysqlConnection(const ServerAddress& address, Purpose purpose);
  ~MysqlConnection() override;

  Statement& statement(const char* sql) override;
  std::uint64_t changes() const override { return changes_; }
  const SearchIndex& search_index() const override;

  void flush() override;
  void send() override;
  void discard() override;
  void prefetch(const char* sql) override;
  void run_script(const char* sql) override;
  std::uint64_t answers() const override { return answers_; }
  bool has_failed() const override { return has_failed_; }
  bool is_usable() const override { return !is_lost_; }

  bool is_mariadb() const;
  /// Such as TLSv1.3; empty without TLS.
  std::string tls_version() const;

 private:
  class Text;
  struct Close {
    void operator()(st_mysql* connection) const;
  };
  struct Free {
    void operator()(st_mysql_res* result) const;
  };
  using Result = std::unique_ptr<st_mysql_res, Free>;

  void connect(const ServerAddress& address, const std::string& password);
  void set_options(const ServerAddress& address);
  void begin_session();
  void watch_peer();

  /// A statement of a text.
  struct Part {
    Text* statement = nullptr;  ///< null for one whose result nobody reads
    bool is_prefetched = false;
  };

  Text& text(const char* sql);
  /// Adds to the text that waits.
  void add(const std::string& sql, Part part);
  void append(std::string_view sql, Part part);
  /// Adds the rows that wait to be sent together.
  void add_rows();
  void require_not_failed(const std::vector<Part>& parts) const;
  /// Sends the text that waits and reads the results, the last of which is left to its statement.
  void read_results();
  /// Reads those of the text that was sent before.
  void read_sent();
  void take_result(const Part& part, bool is_last);
  void forget_prefetched(const std::vector<Part>& parts);
  [[noreturn]] void throw_failure();

  std::unique_ptr<st_mysql, Close> connection_;
  std::unordered_map<const void*, std::unique_ptr<Text>> statements_;
  const Purpose purpose_;
  std::string waiting_;
  std::vector<Part> parts_;       ///< of `waiting_`, in this order
  std::vector<Part> sent_;        ///< of the text whose results are not read yet
  std::vector<Text*> with_rows_;  ///< statements with rows that are not in `waiting_` yet
  std::optional<std::chrono::steady_clock::time_point> sent_at_;  ///< the last text
  std::uint64_t changes_ = 0;
  std::uint64_t answers_ = 0;
  bool limits_idle_time_ = false;  ///< by wait_timeout, while a transaction is open
  bool is_in_transaction_ = false;
  bool has_failed_ = false;
  bool is_lost_ = false;
};

}  // namespace hss::storage
