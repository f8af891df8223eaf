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
  int page = 200;  ///< events that are read at once
  /// Bytes of what has been before that wait for a client; the rest of its room is for what is new.
  std::size_t max_replayed = 64 * 1024;
  std::size_t max_streams = 5'000;   ///< at once, so that other requests find a connection
  std::size_t max_per_account = 16;  ///< of one account at once
};

/// Tells the clients of event streams what happens, each what they may hear, in the order of the
/// audit trail and each event once. One thread reads what is new, once for all of them; whoever
/// begins further back is told what has been in pages, in turns with the others. Once it is
/// answered that somebody's right was taken, they hear nothing more, also not of what was read
/// before. Without clients it does nothing. Thread-safe.
class EventBroadcaster {
 public:
  /// `report` is told when reading fails; it is tried again.
  EventBroadcaster(domain::Store& store, const auth::Authenticator& authenticator,
                   std::function<void(const std::string&)> report,
                   EventBroadcasterOptions options = {});
  /// Ends the thread. No outlet calls any more by then.
  ~EventBroadcaster();
  EventBroadcaster(const EventBroadcaster&) = delete;
  EventBroadcaster& operator=(const EventBroadcaster&) = delete;

  /// Throws Error{rate_limited} where this account, Error{unavailable} where all have as many
  /// streams as they may.
  void require_room(const domain::Principal& principal) const;

  /// From behind the event `position` on, for as long as the client stays and their session lasts.
  void add(std::shared_ptr<StreamSink> sink, domain::Principal principal, std::int64_t position);

 private:
  struct Stream {
    std::shared_ptr<StreamSink> sink;
    domain::Principal principal;
    std::int64_t position = 0;            ///< of the last event that they were told or may not hear
    std::int64_t delivered_position = 0;  ///< as far as the client knows
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
  bool has_news_ = false;     ///< something was committed
  bool has_changed_ = false;  ///< at a client's end
  bool has_streams_ = false;
  Streams arriving_;
  std::size_t count_ = 0;                                    ///< of all streams
  std::unordered_map<std::string, std::size_t> by_account_;  ///< of those with an account

  std::mutex notifying_;                       ///< held while one stream is written to
  std::atomic<bool> has_lost_rights_ = false;  ///< somebody, since the rights were looked at

  // The thread's own.
  Streams live_;           ///< have heard everything up to head_ that they may hear
  Streams replaying_;      ///< stand further back
  std::int64_t head_ = 0;  ///< of the last event that was read for all
  Time next_heartbeat_;
  std::optional<std::int64_t>
      rights_revision_;  ///< at which all streams were looked at; none: look

  std::unique_ptr<domain::Subscription> watch_, rights_watch_;
  std::thread thread_;
};

}  // namespace hss::api
