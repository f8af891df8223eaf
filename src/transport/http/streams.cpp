#include "transport/http/streams.h"

#include <array>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "platform/poller.h"

namespace hss::transport {
namespace {

using std::chrono::steady_clock;
using State = Channel::State;

constexpr std::chrono::seconds vanished_after{60};
/// A client that only listens sends no more.
constexpr std::size_t max_from_listener = 64 * 1024;

/// Bounds what the system buffers for a client, too, and detects a client that has vanished by what
/// it does not acknowledge.
void set_bounds(platform::SocketHandle socket, const StreamLimits& limits) {
  // The system doubles it.
  platform::set_send_buffer(socket, static_cast<int>(limits.max_waiting / 2));
  platform::set_acknowledgement_timeout(socket, vanished_after);
}

}  // namespace

/// The queue of clients that need the thread. Outlives the streams for as long as a sink does.
class Streams::Calls {
 public:
  /// Woken where a client calls.
  platform::Poller poller;

  /// Bytes that wait for all clients together.
  std::atomic<std::size_t> waiting = 0;

  /// Returns false once stop() was called.
  bool add(ClientRef client) {
    const std::lock_guard lock(mutex_);
    if (is_stopped_) return false;
    callers_.push_back(std::move(client));
    if (callers_.size() == 1) poller.wake();
    return true;
  }

  std::vector<ClientRef> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(callers_, {});
  }

  void stop() {
    const std::lock_guard lock(mutex_);
    is_stopped_ = true;
    poller.stop();
  }

 private:
  std::mutex mutex_;
  bool is_stopped_ = false;
  std::vector<ClientRef> callers_;
};

class Streams::Client final : public api::StreamSink, public std::enable_shared_from_this<Client> {
 public:
  Client(std::shared_ptr<Connection> connection, std::shared_ptr<Calls> calls,
         const StreamLimits& limits)
      : connection_(std::move(connection)), calls_(std::move(calls)), limits_(limits) {}

  bool write(std::string_view text) override {
    {
      const std::lock_guard lock(mutex_);
      if (!is_open_) return false;
      if (text_.empty()) last_progress_ = steady_clock::now();
      is_open_ = text_.size() - sent_ + text.size() <= limits_.max_waiting &&
                 (text_.empty() || calls_->waiting <= limits_.max_waiting_in_all);
      if (is_open_) {
        text_ += text;
        calls_->waiting += text.size();
      }
    }
    call();
    return is_open();
  }

  std::size_t waiting() const override {
    const std::lock_guard lock(mutex_);
    return text_.size() - sent_;
  }

  bool is_open() const override {
    const std::lock_guard lock(mutex_);
    return is_open_;
  }

  void close() override {
    {
      const std::lock_guard lock(mutex_);
      is_open_ = false;
      forget_text();
    }
    call();
  }

  void watch(std::function<void()> changed) override {
    const std::lock_guard lock(mutex_);
    changed_ = std::move(changed);
  }

  // Only the streams' thread uses the rest.

  enum class Place { arriving, taken_in, ended };
  Place place = Place::arriving;
  platform::Interest watched_for = platform::Interest::input;

  platform::SocketHandle socket() const { return connection_->socket(); }
  platform::Interest interest() const {
    return needs_output_ ? platform::Interest::input_and_output : platform::Interest::input;
  }

  /// Returns false where the connection is to be dropped.
  bool exchange() {
    has_call_ = false;
    if (!connection_->discard_arrived(max_from_listener)) return false;
    bool has_sent_all = false;
    {
      const std::lock_guard lock(mutex_);
      needs_output_ = connection_->needs_output();
      const bool had_text = !text_.empty();
      while (sent_ < text_.size()) {
        const auto sent = connection_->send_now(std::string_view(text_).substr(sent_));
        if (sent.state == State::ended) return false;
        if (sent.state != State::moved) {
          needs_output_ = needs_output_ || sent.state == State::needs_output;
          break;
        }
        sent_ += sent.size;
        calls_->waiting -= sent.size;
        last_progress_ = steady_clock::now();
      }
      has_sent_all = had_text && sent_ == text_.size();
      if (has_sent_all) {
        text_.clear();
        text_.shrink_to_fit();
        sent_ = 0;
      } else if (sent_ > text_.size() / 2) {
        text_.erase(0, sent_);
        sent_ = 0;
      }
      if (!is_open_) return false;
    }
    if (has_sent_all) announce_change();
    return true;
  }

  bool is_idle(steady_clock::time_point since) const {
    const std::lock_guard lock(mutex_);
    return !text_.empty() && last_progress_ < since;
  }

  void end() {
    {
      const std::lock_guard lock(mutex_);
      is_open_ = false;
      forget_text();
    }
    connection_.reset();
    announce_change();
  }

 private:
  /// Called with mutex_ locked.
  void forget_text() {
    calls_->waiting -= text_.size() - sent_;
    text_.clear();
    sent_ = 0;
  }

  void call() {
    if (!has_call_.exchange(true)) calls_->add(shared_from_this());
  }

  void announce_change() {
    std::function<void()> changed;
    {
      const std::lock_guard lock(mutex_);
      changed = changed_;
    }
    if (changed) changed();
  }

  std::shared_ptr<Connection> connection_;
  const std::shared_ptr<Calls> calls_;
  const StreamLimits limits_;
  bool needs_output_ = false;
  std::atomic<bool> has_call_ = true;  ///< it arrives with one
  mutable std::mutex mutex_;
  bool is_open_ = true;
  std::string text_;
  std::size_t sent_ = 0;  ///< bytes of it
  steady_clock::time_point last_progress_ = steady_clock::now();
  std::function<void()> changed_;
};

Streams::Streams(const StreamLimits& limits)
    : limits_(limits), calls_(std::make_shared<Calls>()), thread_([this] { run(); }) {}

Streams::~Streams() {
  stop();
}

void Streams::add(std::shared_ptr<Connection> connection, const api::OnStream& on_stream) {
  set_bounds(connection->socket(), limits_);
  const auto client = std::make_shared<Client>(std::move(connection), calls_, limits_);
  ++count_;
  if (calls_->add(client)) {
    on_stream(client);
  } else {
    --count_;
  }
}

void Streams::stop() {
  if (!thread_.joinable()) return;
  calls_->stop();
  thread_.join();
}

void Streams::run() {
  std::array<platform::SocketHandle, 64> ready{};
  const auto between_looks = limits_.write_timeout / 4;
  for (platform::Poller::Wake wake; !wake.is_stopped;) {
    wake =
        calls_->poller.wait(ready, clients_.empty() ? std::nullopt : std::optional(between_looks));
    for (const auto socket : std::span(ready).first(wake.count)) {
      if (const auto found = clients_.find(socket); found != clients_.end()) {
        serve(ClientRef(found->second));
      }
    }
    // Those that called before stop() are among them.
    for (const ClientRef& caller : calls_->take()) serve(caller);
    if (const auto now = steady_clock::now(); now >= next_look_) {
      next_look_ = now + between_looks;
      drop_idle();
    }
  }
  while (!clients_.empty()) drop(ClientRef(clients_.begin()->second));
}

void Streams::serve(const ClientRef& client) {
  try {
    advance(client);
  } catch (const std::exception&) {
    // There is no memory for it: the client reconnects and resumes where it was.
    drop(client);
  }
}

void Streams::advance(const ClientRef& client) {
  using Place = Client::Place;
  if (client->place == Place::ended) return;
  if (client->place == Place::arriving) {
    client->place = Place::taken_in;
    clients_[client->socket()] = client;
    watch(*client);
  }
  if (!client->exchange()) return drop(client);
  if (client->interest() != client->watched_for) watch(*client);
}

void Streams::watch(Client& client) {
  client.watched_for = client.interest();
  calls_->poller.watch(client.socket(), client.watched_for, platform::Poller::Report::always);
}

void Streams::drop(const ClientRef& client) {
  client->place = Client::Place::ended;
  calls_->poller.forget(client->socket());
  clients_.erase(client->socket());
  --count_;
  client->end();
}

void Streams::drop_idle() {
  const auto since = steady_clock::now() - limits_.write_timeout;
  std::vector<ClientRef> idle;
  for (const auto& [socket, client] : clients_) {
    if (client->is_idle(since)) idle.push_back(client);
  }
  for (const ClientRef& client : idle) drop(client);
}

}  // namespace hss::transport
