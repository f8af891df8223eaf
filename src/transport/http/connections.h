#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>
#include <unordered_map>
#include <vector>

#include "domain/deferred.h"
#include "platform/poller.h"
#include "threads/permits.h"
#include "transport/http/connection.h"
#include "transport/http/connection_quota.h"
#include "transport/http/streams.h"

namespace hss::transport {

struct ConnectionLimits {
  /// Threads, and so requests that can wait at once for a slow client, a password's hash or a scan
  /// of everything; with the program's others they are fewer than 64. A change that waits for the
  /// disk occupies none.
  std::size_t workers = 48;
  /// So many workers run at the same time; more would only compete for the processors.
  std::size_t cpu_permits = std::max(3u, 1 + std::thread::hardware_concurrency());
  std::size_t max_pending = 1'000;  ///< changes that wait for the disk; more block a worker each
  std::size_t max_connections = 10'000;  ///< connections at once; more are closed at once
  /// Connections at once of one network, but for this machine and proxies. One more closes the
  /// network's longest idle one, as others may live behind the address.
  std::size_t max_per_network = 2'500;
  std::function<bool(const std::string&)> is_proxy = [](const std::string&) { return false; };
  std::size_t max_buffered = 256 * 1024 * 1024;    ///< bytes of half-sent requests, of all together
  std::chrono::milliseconds request_time{30'000};  ///< for a request, or TLS's handshake, to arrive
  std::chrono::milliseconds idle_time{75'000};     ///< between two requests
  std::chrono::milliseconds linger_time{2'000};    ///< for a client to read why it was refused
  StreamLimits streams;
};

/// The next step of a connection that was served.
struct Served {
  bool is_kept = false;     ///< for another request
  api::OnStream on_stream;  ///< where set, its answer goes on and is its last
  bool lingers = false;     ///< it is closed once the client, which may still send, has its answer
};

/// A request that is answered, or will be later.
struct ServeResult {
  Served served;
  std::optional<domain::Deferred<Served>> deferred;
};

/// All connections, and the workers that serve them. A connection that waits, for its next request
/// or for the rest of one, is in one poller and costs memory and no thread; a free worker takes
/// the next one on which something has arrived. Thread-safe.
class Connections {
 public:
  /// Serves a connection's request, which is complete or broken. Calls the connection's yield_cpu()
  /// before it waits for something other than a processor or the client.
  using Serve = std::function<ServeResult(Connection&)>;

  /// Throws std::system_error.
  Connections(Serve serve, const ConnectionLimits& limits);
  ~Connections();
  Connections(const Connections&) = delete;
  Connections& operator=(const Connections&) = delete;

  void add(std::shared_ptr<Connection> connection);

  std::size_t count() const;
  std::size_t count_streams() const { return streams_.count(); }
  /// Counts those that were closed at once, since the start.
  std::size_t count_rejected() const { return rejected_; }

  /// Closes connections that wait and streams, waits a moment for those being served, and ends the
  /// workers.
  void stop();

 private:
  using Waiting = std::multimap<std::chrono::steady_clock::time_point, std::shared_ptr<Connection>>;

  /// A connection that waits is closed at `expiry`.
  struct Wait {
    std::chrono::steady_clock::time_point expiry;
    bool has_request = false;  ///< one is there already, and waits only for a worker
  };

  /// A connection whose request waits for the disk.
  struct Pending {
    std::shared_ptr<Connection> connection;
    std::function<Served()> rest;
  };

  void work();
  void begin(const std::shared_ptr<Connection>& connection);
  bool has_room_for_pending();
  std::list<Pending>::iterator keep(Pending pending);
  void forget_pending(std::list<Pending>::iterator pending);
  void add_done(std::list<Pending>::iterator pending);
  /// Returns one that has nothing left to wait for, if there is any.
  std::optional<Pending> take_done();
  void sweep();
  /// Returns nothing for a connection that is to be closed, as the next two do.
  std::optional<Wait> finish(const std::shared_ptr<Connection>& connection, const Served& served);
  /// Decides how long a connection waits that has sent nothing, or no complete request, or whose
  /// next request is there already.
  std::optional<Wait> wait_for_request(const Connection& connection, Connection::Input input) const;
  std::optional<Wait> linger(Connection& connection) const;
  /// A connection that has sent nothing of a request is closed then.
  std::chrono::steady_clock::time_point idle_expiry(const Connection& connection) const;
  std::shared_ptr<Connection> take(platform::SocketHandle socket);
  void give_back(std::shared_ptr<Connection> connection, std::optional<Wait> wait);
  /// Called with mutex_ locked, as the next four.
  bool close_idlest_of(const std::string& network);
  std::size_t count_all() const { return waiting_.size() + served_.size() + streams_.count(); }
  void end_serving(const std::shared_ptr<Connection>& connection);
  void park(std::shared_ptr<Connection> connection, const Wait& wait);
  void forget(Waiting::iterator entry);

  const Serve serve_;
  const ConnectionLimits limits_;
  ConnectionQuota connection_quota_;
  std::atomic<std::size_t> rejected_ = 0;
  platform::Poller poller_;  ///< woken where a change is done
  mutable std::mutex mutex_;
  bool stopped_ = false;
  Waiting waiting_;  ///< by the time at which they are closed
  std::unordered_map<platform::SocketHandle, Waiting::iterator> by_socket_;
  std::size_t buffered_ = 0;  ///< bytes, of those that wait
  std::set<std::shared_ptr<Connection>> served_;
  std::condition_variable none_served_;
  std::condition_variable earlier_expiry_;
  std::mutex pending_mutex_;
  std::list<Pending> pending_;
  std::list<Pending> done_;
  std::condition_variable none_pending_;
  threads::Permits cpu_permits_;
  threads::Permits blocked_workers_;
  Streams streams_;
  std::vector<std::thread> threads_;
};

}  // namespace hss::transport
