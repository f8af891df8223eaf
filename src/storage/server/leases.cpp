#include "storage/server/leases.h"

#include <algorithm>
#include <exception>
#include <map>
#include <utility>

#include "storage/random_number.h"

namespace hss::storage {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds between_updates(1);
constexpr seconds after_failure(5);
constexpr seconds renewed_after(5);
/// A second less than the server's 15: its clock may go by whole seconds.
constexpr seconds lease_lasts(14);
#define END_OF_NEW_LEASE "CURRENT_TIMESTAMP + INTERVAL '15' SECOND"

struct Leader {
  std::string name;
  bool has_ended = true;
};

std::map<std::string, Leader> read_leaders(ServerConnection& connection) {
  std::map<std::string, Leader> leaders;
  for (Query rows(connection,
                  "SELECT name, leader, CASE WHEN leader <> '' AND lease_until > CURRENT_TIMESTAMP"
                  " THEN 0 ELSE 1 END FROM outbox_targets");
       rows.step();) {
    leaders[rows.text(0)] = {.name = rows.text(1), .has_ended = rows.integer(2) != 0};
  }
  return leaders;
}

}  // namespace

/// A lease that is wanted, and perhaps held. Its leader is another random text each time that it is
/// acquired, so that nothing is recorded of what was published under an earlier one.
class Leases::Wanted final : public domain::Lease {
 public:
  Wanted(Leases& leases, std::string target, std::function<void()> acquired)
      : leases_(leases), target_(std::move(target)), acquired_(std::move(acquired)) {
    const std::lock_guard lock(leases_.mutex_);
    leases_.wanted_.push_back(this);
    leases_.has_new_ = true;
    leases_.wakes_.notify_one();
  }

  ~Wanted() override {
    // Waits for an update that is under way.
    const std::lock_guard lock(leases_.mutex_);
    std::erase(leases_.wanted_, this);
    if (!find_now() || leases_.is_away_) return;
    try {
      leases_.run_([this](ServerConnection& connection) {
        execute(connection, "UPDATE outbox_targets SET leader = '' WHERE name = ? AND leader = ?",
                target_, leader_);
      });
    } catch (const std::exception&) {
      // It ends by itself. Those of other targets need not wait for the server, too.
      leases_.is_away_ = true;
    }
  }

  std::optional<Held> find_held(seconds at_least) override {
    auto held = find_now();
    if (!held || held->until - steady_clock::now() >= at_least) return held;
    check();
    return find_now();
  }

  void check() override {
    leases_.run_([this](ServerConnection& connection) { renew(connection); });
  }

  /// Renews or acquires it, if it is time and nobody else has it.
  void update(ServerConnection& connection, const std::map<std::string, Leader>& leaders) {
    const auto found = leaders.find(target_);
    if (found == leaders.end() || (!leader().empty() && found->second.name != leader())) {
      lose();
    }
    if (found == leaders.end()) return;
    const bool was_held = find_now().has_value();
    if (!leader().empty()) {
      if (steady_clock::now() - renewed_at_ >= renewed_after) renew(connection);
    } else if (found->second.has_ended) {
      acquire(connection);
    }
    if (!was_held && find_now()) acquired_();
  }

 private:
  std::optional<Held> find_now() const {
    const std::lock_guard lock(mutex_);
    if (leader_.empty() || until_ <= steady_clock::now()) return std::nullopt;
    return Held{.leader = leader_, .until = until_};
  }

  std::string leader() const {
    const std::lock_guard lock(mutex_);
    return leader_;
  }

  void lose() { set("", {}); }

  void set(const std::string& leader, steady_clock::time_point asked_at) {
    const std::lock_guard lock(mutex_);
    leader_ = leader;
    renewed_at_ = asked_at;
    until_ = asked_at + lease_lasts;
  }

  void renew(ServerConnection& connection) {
    const std::string mine = leader();
    const auto asked_at = steady_clock::now();
    const int rows = execute(connection,
                             "UPDATE outbox_targets SET lease_until = " END_OF_NEW_LEASE
                             " WHERE name = ? AND leader = ?",
                             target_, mine);
    if (rows == 1) {
      set(mine, asked_at);
    } else {
      lose();
    }
  }

  void acquire(ServerConnection& connection) {
    const std::string mine = random_id();
    const auto asked_at = steady_clock::now();
    const int rows =
        execute(connection,
                "UPDATE outbox_targets SET leader = ?, lease_until = " END_OF_NEW_LEASE
                " WHERE name = ? AND (leader = '' OR lease_until <= CURRENT_TIMESTAMP)",
                mine, target_);
    if (rows == 1) set(mine, asked_at);
  }

  Leases& leases_;
  const std::string target_;
  const std::function<void()> acquired_;
  mutable std::mutex mutex_;
  std::string leader_;  ///< empty: another instance's, or nobody's
  steady_clock::time_point renewed_at_, until_;
};

Leases::Leases(RunOnServer run) : run_(std::move(run)), thread_([this] { this->run(); }) {}

Leases::~Leases() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_one();
  thread_.join();
}

std::unique_ptr<domain::Lease> Leases::ask_for(std::string target, std::function<void()> acquired) {
  return std::make_unique<Wanted>(*this, std::move(target), std::move(acquired));
}

void Leases::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    wakes_.wait(lock, [this] { return stopping_ || !wanted_.empty(); });
    if (stopping_) return;
    update();
    wakes_.wait_for(lock, is_away_ ? after_failure : between_updates,
                    [this] { return stopping_ || has_new_; });
  }
}

/// Called with the lock held.
void Leases::update() {
  has_new_ = false;
  try {
    run_([this](ServerConnection& connection) {
      const auto leaders = read_leaders(connection);
      for (Wanted* wanted : wanted_) wanted->update(connection, leaders);
    });
    is_away_ = false;
  } catch (const std::exception&) {
    // The store reports why.
    is_away_ = true;
  }
}

}  // namespace hss::storage
