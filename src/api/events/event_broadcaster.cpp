#include "api/events/event_broadcaster.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "domain/error.h"
#include "events/event_payload.h"

namespace hss::api {
namespace {

using domain::OutboxEvent;
using std::chrono::steady_clock;

constexpr int pages_in_turn = 8;
constexpr std::chrono::seconds pause_after_failure(1);

std::string text_of(const OutboxEvent& event) {
  return "id: " + std::to_string(event.id) + "\nevent: " + event.type +
         "\ndata: " + events::event_payload_of(event) + "\n\n";
}

/// SSE dispatches no event for an id without data; a client that reconnects sends the id.
std::string text_of_position(std::int64_t position) {
  return "id: " + std::to_string(position) + "\n\n";
}

}  // namespace

EventBroadcaster::EventBroadcaster(domain::Store& store, const auth::Authenticator& authenticator,
                                   std::function<void(const std::string&)> report,
                                   EventBroadcasterOptions options)
    : store_(store),
      authenticator_(authenticator),
      report_(std::move(report)),
      options_(options),
      watch_(store.on_commit([this] {
        const std::lock_guard lock(mutex_);
        if (!has_streams_) return;
        has_news_ = true;
        wakes_.notify_one();
      })),
      rights_watch_(store.on_rights_change([this] {
        has_lost_rights_ = true;
        // A write that has begun ends before the request that took the right is answered.
        const std::lock_guard lock(notifying_);
      })),
      thread_([this] { run(); }) {}

EventBroadcaster::~EventBroadcaster() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wakes_.notify_one();
  thread_.join();
}

void EventBroadcaster::require_room(const domain::Principal& principal) const {
  const std::lock_guard lock(mutex_);
  if (count_ >= options_.max_streams) {
    throw domain::Error(domain::ErrorCode::unavailable,
                        "Too many clients listen for events; please try again");
  }
  const auto own = by_account_.find(principal.account_id);
  if (own != by_account_.end() && own->second >= options_.max_per_account) {
    throw domain::Error::rate_limited(
        "This account listens for events in too many places; close one of them",
        std::chrono::seconds(30));
  }
}

void EventBroadcaster::add(std::shared_ptr<StreamSink> sink, domain::Principal principal,
                           std::int64_t position) {
  sink->watch([this] {
    const std::lock_guard lock(mutex_);
    has_changed_ = true;
    wakes_.notify_one();
  });
  // The client gets the pause before it reconnects, and the position that it has received.
  sink->write("retry: 2000\n" + text_of_position(position));
  const std::lock_guard lock(mutex_);
  ++count_;
  if (!principal.account_id.empty()) ++by_account_[principal.account_id];
  arriving_.push_back({.sink = std::move(sink),
                       .principal = std::move(principal),
                       .position = position,
                       .delivered_position = position});
  has_streams_ = true;
  wakes_.notify_one();
}

void EventBroadcaster::run() {
  while (wait()) {
    try {
      forget_gone();
      send_news();
      accept_arrivals();
      replay_some();
      send_heartbeat();
    } catch (const std::exception& failure) {
      // The database failed; the store reports the details.
      report_(std::string("event streams wait: ") + failure.what());
      std::unique_lock lock(mutex_);
      wakes_.wait_for(lock, pause_after_failure, [this] { return stopping_; });
      has_news_ = true;
    }
  }
  for (Streams* streams : {&live_, &replaying_, &arriving_}) {
    for (Stream& stream : *streams) stream.sink->close();
  }
}

/// Waits until there is something to do; returns false when the thread must end.
bool EventBroadcaster::wait() {
  std::unique_lock lock(mutex_);
  const auto is_woken = [this] {
    return stopping_ || has_news_ || has_changed_ || !arriving_.empty();
  };
  has_streams_ = !arriving_.empty() || !live_.empty() || !replaying_.empty();
  if (!has_streams_) {
    wakes_.wait(lock, is_woken);
    next_heartbeat_ = steady_clock::now() + options_.heartbeat;
  } else if (!can_replay()) {
    wakes_.wait_until(lock, next_heartbeat_, is_woken);
  }
  has_changed_ = false;
  return !stopping_;
}

bool EventBroadcaster::can_replay() const {
  return std::any_of(replaying_.begin(), replaying_.end(),
                     [](const Stream& stream) { return stream.sink->waiting() == 0; });
}

void EventBroadcaster::accept_arrivals() {
  Streams arrived;
  {
    const std::lock_guard lock(mutex_);
    arrived.swap(arriving_);
  }
  if (arrived.empty()) return;
  const bool is_first = live_.empty() && replaying_.empty();
  try {
    read([&](domain::Reader& reader) {
      if (is_first) head_ = reader.outbox().last_event_id();
      // Their rights may have been lost before they were registered.
      close_those_without_right(reader, arrived);
    });
  } catch (...) {
    const std::lock_guard lock(mutex_);
    arriving_.splice(arriving_.begin(), arrived);
    throw;
  }
  for (auto stream = arrived.begin(); stream != arrived.end();) {
    Streams& place = stream->position < head_ ? replaying_ : live_;
    place.splice(place.end(), arrived, stream++);
  }
}

void EventBroadcaster::forget_gone() {
  for (Streams* streams : {&live_, &replaying_}) {
    streams->remove_if([this](const Stream& stream) { return is_gone(stream); });
  }
}

bool EventBroadcaster::is_gone(const Stream& stream) {
  if (stream.sink->is_open()) return false;
  const std::lock_guard lock(mutex_);
  --count_;
  if (const auto own = by_account_.find(stream.principal.account_id);
      own != by_account_.end() && --own->second == 0) {
    by_account_.erase(own);
  }
  return true;
}

void EventBroadcaster::send_news() {
  {
    const std::lock_guard lock(mutex_);
    if (!std::exchange(has_news_, false)) return;
  }
  if (live_.empty() && replaying_.empty()) return;
  std::vector<OutboxEvent> events;
  do {
    std::int64_t last = 0;
    read([&](domain::Reader& reader) {
      last = reader.outbox().last_event_id();
      events = reader.outbox().list_after(head_, options_.page);
    });
    for (const OutboxEvent& event : events) {
      const std::string text = text_of(event);
      for (Stream& stream : live_) send(stream, event, text);
      head_ = event.id;
    }
    // No event after the last of these is published.
    if (events.size() < static_cast<std::size_t>(options_.page)) head_ = std::max(head_, last);
  } while (events.size() == static_cast<std::size_t>(options_.page));
  forget_gone();
}

/// Reads on one view with the rights, so that an event goes only to clients that had a right to it
/// when it happened.
void EventBroadcaster::read(const std::function<void(domain::Reader&)>& look) {
  // A loss before this line is seen by the check below; a later one sets the flag again.
  has_lost_rights_ = false;
  store_.read([&](domain::Reader& reader) {
    const std::int64_t revision = reader.sessions().rights_revision();
    if (rights_revision_ != revision) {
      close_those_without_right(reader, live_);
      close_those_without_right(reader, replaying_);
    }
    rights_revision_ = revision;
    look(reader);
  });
}

void EventBroadcaster::close_those_without_right(domain::Reader& reader, const Streams& streams) {
  for (const Stream& stream : streams) {
    if (!authenticator_.holds(reader, stream.principal)) stream.sink->close();
  }
}

void EventBroadcaster::send(Stream& stream, const OutboxEvent& event, const std::string& text) {
  // Some streams begin ahead of head_.
  if (event.id <= stream.position) return;
  stream.position = event.id;
  if (!stream.principal.may_hear(event)) return;
  stream.delivered_position = event.id;
  while (!write(stream, text)) {
    read([](domain::Reader&) {});
  }
}

/// Returns false and writes nothing if a right was lost since the last check.
bool EventBroadcaster::write(Stream& stream, const std::string& text) {
  const std::lock_guard lock(notifying_);
  if (has_lost_rights_) return false;
  stream.sink->write(text);
  return true;
}

void EventBroadcaster::replay_some() {
  auto left = static_cast<int>(replaying_.size());
  for (int pages = 0; pages < pages_in_turn && left > 0; --left) {
    const auto stream = replaying_.begin();
    bool has_caught_up = false;
    if (stream->sink->waiting() == 0) {
      has_caught_up = replay_page(*stream);
      ++pages;
    }
    Streams& place = has_caught_up ? live_ : replaying_;
    place.splice(place.end(), replaying_, stream);
  }
}

/// Returns true if the stream has caught up with head_.
bool EventBroadcaster::replay_page(Stream& stream) {
  const domain::Principal& listener = stream.principal;
  std::vector<OutboxEvent> events;
  read([&](domain::Reader& reader) {
    events = listener.sees_own_only() ? reader.outbox().list_own_after(
                                            listener.account_id, stream.position, options_.page)
                                      : reader.outbox().list_after(stream.position, options_.page);
  });
  for (const OutboxEvent& event : events) {
    if (event.id > head_) break;
    if (stream.sink->waiting() > options_.max_replayed) return false;
    send(stream, event, text_of(event));
  }
  const bool is_last =
      events.size() < static_cast<std::size_t>(options_.page) || events.back().id >= head_;
  if (is_last) stream.position = head_;
  return is_last;
}

void EventBroadcaster::send_heartbeat() {
  const Time now = steady_clock::now();
  if (now < next_heartbeat_) return;
  next_heartbeat_ = now + options_.heartbeat;
  // Sessions also end by time.
  rights_revision_.reset();
  read([](domain::Reader&) {});
  for (Streams* streams : {&live_, &replaying_}) {
    for (Stream& stream : *streams) {
      std::string text = ":\n\n";
      if (std::exchange(stream.delivered_position, stream.position) != stream.position) {
        text += text_of_position(stream.position);
      }
      stream.sink->write(text);
    }
  }
  // Another program may have committed something.
  const std::lock_guard lock(mutex_);
  has_news_ = true;
}

}  // namespace hss::api
