#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "api/http/stream_sink.h"
#include "auth/authenticator.h"
#include "domain/accounts/principal.h"
#include "domain/events/outbox.h"
#include "domain/store.h"

namespace hss::api {

struct EventBroadcasterOptions {
  std::chrono::milliseconds heartbeat{15'000};
  int page = 200;  ///< events per read
  /// Bytes of past events that may wait for a client; the rest of its buffer is for new ones.
  std::size_t max_replayed = 64 * 1024;
  std::size_t max_streams = 5'000;   ///< in all; a limit, so that other requests find a connection
  std::size_t max_per_account = 16;  ///< streams of one account
};

/// Sends events to the clients of event streams: to each only the events that it may read, in the
/// order of the audit trail, each once. One thread reads new events, once for all streams; streams
/// that begin further back are replayed page by page, in turn. Once a request that took a right is
/// answered, the client receives nothing more, not even events that were read before. Does nothing
/// without clients. Thread-safe.
class EventBroadcaster {
 public:
  /// Calls `report` when reading fails; it then tries again.
  EventBroadcaster(domain::Store& store, const auth::Authenticator& authenticator,
                   std::function<void(const std::string&)> report,
                   EventBroadcasterOptions options = {});
  /// Ends the thread. No sink may call back any more by then.
  ~EventBroadcaster();
  EventBroadcaster(const EventBroadcaster&) = delete;
  EventBroadcaster& operator=(const EventBroadcaster&) = delete;

  /// Throws Error{rate_limited} if this account has as many streams as it may, and
  /// Error{unavailable} if all accounts together have.
  void require_room(const domain::Principal& principal) const;

  /// Sends the events after `position` until the client leaves or its session ends.
  void add(std::shared_ptr<StreamSink> sink, domain::Principal principal, std::int64_t position);

 private:
  struct Stream {
    std::shared_ptr<StreamSink> sink;
    domain::Principal principal;
    std::int64_t position = 0;  ///< of the last event that was sent or that the client may not read
    std::int64_t delivered_position = 0;  ///< the last that the client was sent
  };
  using Streams = std::list<Stream>;
  using Time = std::chrono::steady_clock::time_point;

  void run();
  bool wait();
  bool can_replay() const;
  void accept_arrivals();
  void forget_gone();
  bool is_gone(const Stream& stream);
  void read(const std::function<void(domain::Reader&)>& look);
  void close_those_without_right(domain::Reader& reader, const Streams& streams);
  void send_news();
  void replay_some();
  bool replay_page(Stream& stream);
  void send_heartbeat();
  void send(Stream& stream, const domain::OutboxEvent& event, const std::string& text);
  bool write(Stream& stream, const std::string& text);

  domain::Store& store_;
  const auth::Authenticator& authenticator_;
  const std::function<void(const std::string&)> report_;
  const EventBroadcasterOptions options_;

  mutable std::mutex mutex_;
  std::condition_variable wakes_;
  bool stopping_ = false;
  bool has_news_ = false;     ///< a commit has happened
  bool has_changed_ = false;  ///< a client's state has changed
  bool has_streams_ = false;
  Streams arriving_;
  std::size_t count_ = 0;                                    ///< of all streams
  std::unordered_map<std::string, std::size_t> by_account_;  ///< of those with an account

  std::mutex notifying_;                       ///< held while one stream is written to
  std::atomic<bool> has_lost_rights_ = false;  ///< since the last check of the rights

  // Only the thread uses these.
  Streams live_;           ///< have sent all that their clients may read, up to head_
  Streams replaying_;      ///< begin further back
  std::int64_t head_ = 0;  ///< id of the last event that was read for all streams
  Time next_heartbeat_;
  std::optional<std::int64_t>
      rights_revision_;  ///< at the last check of all streams; none forces a check

  std::unique_ptr<domain::Subscription> watch_, rights_watch_;
  std::thread thread_;
};

}  // namespace hss::api
