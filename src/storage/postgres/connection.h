#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/server/connection.h"
#include "storage/server_address.h"

struct pg_conn;
struct pg_result;

namespace hss::storage {

/// A connection to a PostgreSQL server. Statements that are enqueued travel with the next one that
/// is read, or with flush(), in one trip (libpq's pipeline). Waits for an answer twelve seconds at
/// most, unless its purpose is to manage.
class PostgresConnection final : public ServerConnection {
 public:
  /// Connects. Throws ServerFailure.
  PostgresConnection(const ServerAddress& address, Purpose purpose);
  ~PostgresConnection() override;

  Statement& statement(const char* sql) override;
  std::uint64_t changes() const override { return changes_; }
  const SearchIndex& search_index() const override;

  void flush() override;
  void send() override;
  void discard() override;
  void prefetch(const char* sql) override;
  void run_script(const char* sql) override;
  std::uint64_t answers() const override { return answers_; }
  bool has_failed() const override;
  bool is_usable() const override;

 private:
  class Prepared;
  struct Close {
    void operator()(pg_conn* connection) const;
  };
  struct Clear {
    void operator()(pg_result* result) const;
  };
  using Result = std::unique_ptr<pg_result, Clear>;

  void connect(const ServerAddress& address, const std::string& password);
  Prepared& prepared(const char* sql);
  /// Sends the rows that wait to be sent together.
  void send_rows();
  void read_end_of_pipeline();
  /// Sends everything that waits and reads the results, the last of which is left to its statement.
  void read_results();
  Result next_result();
  void await_result();
  [[noreturn]] void throw_silent();
  [[noreturn]] void throw_failure(const pg_result* result);
  [[noreturn]] void throw_lost();

  const Purpose purpose_;
  bool is_silent_ = false;  ///< the server has not answered in time
  std::unique_ptr<pg_conn, Close> connection_;
  std::unordered_map<const void*, std::unique_ptr<Prepared>> statements_;
  /// What was sent and not read yet, in this order; a statement's preparation comes before its run.
  struct Sent {
    Prepared* statement = nullptr;  ///< none for the end of a pipeline
    bool is_preparation = false;
    bool is_prefetched = false;
  };
  std::vector<Sent> sent_;
  std::vector<Prepared*> with_rows_;  ///< those with rows that wait
  int prepared_ = 0;                  ///< statements, for their names
  std::uint64_t changes_ = 0;
  std::uint64_t answers_ = 0;
};

}  // namespace hss::storage
