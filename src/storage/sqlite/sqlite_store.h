#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "storage/memory_tickets.h"
#include "storage/store.h"

namespace hss::storage {

/// The store on one SQLite file, or on `:memory:`. Opening migrates the file to the program's
/// schema (migrations.h). Reads run in parallel with each other and with the writer; in memory,
/// where there is only one connection, they queue with the writes.
///
/// Every call throws Error{unavailable} if the database fails; the cause goes to `report`. Once
/// damage is found anywhere, check() and every unit of work throw until a restart, as a restore
/// would lose new changes; undamaged data can still be read.
class SqliteStore final : public Store {
 public:
  SqliteStore(const std::string& path, Report report);
  ~SqliteStore() override;

  void describe(metrics::Text& text) override;

  void check() override;
  std::uint64_t revision() override;

  /// Reports once that the database is damaged; `where` is for the log. Thread-safe.
  void note_damage(const std::string& where) override;

  std::unique_ptr<domain::Subscription> on_commit(std::function<void()> changed) override;
  std::unique_ptr<domain::Subscription> on_rights_change(std::function<void()> changed) override;
  domain::TicketStore& tickets() override { return tickets_; }
  /// A lease that is held at once and for ever: only one process delivers from a file.
  std::unique_ptr<domain::Lease> ask_for_lease(std::string target,
                                               std::function<void()> acquired) override;

 protected:
  void do_read(const std::function<void(domain::Reader&)>& work) override;
  std::unique_ptr<domain::UnitOfWork> prepare(std::function<void(domain::Tx&)> work) override;
  void with_error_translation(const char* operation, const std::function<void()>& run) override;

 private:
  void look_through_the_rest();

  const std::string path_;
  Report report_;
  std::unique_ptr<const class OpenFiles> files_;
  std::unique_ptr<class Writer> writer_;
  std::unique_ptr<class ReadPool> readers_;  ///< none in memory
  MemoryTickets tickets_;
  std::mutex watch_mutex_;
  std::unique_ptr<class SqliteConnection>
      watch_;  ///< sees every other connection's commits; none in memory
  /// So far from the last run's revision that counting never reaches it.
  const std::uint64_t first_revision_;
  std::atomic<bool> is_damaged_ = false;
  std::unique_ptr<class IntegrityCheck> check_;  ///< for a file that ended uncleanly
  std::thread checking_;
};

}  // namespace hss::storage
