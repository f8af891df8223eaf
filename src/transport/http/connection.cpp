#include "transport/http/connection.h"

#include <algorithm>
#include <array>
#include <utility>

#include "auth/rate_limiter.h"

namespace hss::transport {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t buffer_size = 16 * 1024;

}  // namespace

Connection::Connection(platform::SocketHandle socket, std::unique_ptr<Channel> channel,
                       std::size_t max_body, const RequestFraming::MaxBody* larger)
    : socket_(socket),
      channel_(std::move(channel)),
      max_body_(max_body),
      larger_(larger),
      remote_address_(platform::peer_address(socket)),
      network_(auth::network_of(remote_address_)),
      framing_(max_body, larger) {}

Connection::~Connection() {
  channel_.reset();  // it may still send TLS's close_notify
  platform::close(socket_);
}

Connection::Input Connection::gather() {
  for (;;) {
    if (is_buffered()) {
      if (request_start_ == steady_clock::time_point{}) request_start_ = steady_clock::now();
      const auto state = framing_.advance(unread());
      if (state == RequestFraming::State::complete) return Input::complete;
      if (state == RequestFraming::State::expects_continue && !send_continue()) return Input::ended;
    }
    const Took took = take_arrived();
    // A client that got a 100 and sends no body may still read an answer.
    if (took == Took::end) return continue_sent_ ? Input::complete : Input::ended;
    if (took == Took::nothing_now) return is_buffered() ? Input::partial : Input::nothing;
  }
}

void Connection::finish_request() {
  framing_ = RequestFraming(max_body_, larger_);
  continue_sent_ = false;
  request_start_ = {};
  idle_start_ = steady_clock::now();
  forget_read();
}

void Connection::forget_read() {
  // A connection that waits keeps only the memory that it needs.
  buffer_.erase(0, offset_);
  offset_ = 0;
  buffer_.shrink_to_fit();
}

/// Returns false where not even this can be sent at once: the client does not read.
bool Connection::send_continue() {
  constexpr std::string_view on_stream = "HTTP/1.1 100 Continue\r\n\r\n";
  return std::exchange(continue_sent_, true) || send_now(on_stream).size == on_stream.size();
}

void Connection::set_deadline(std::chrono::milliseconds from_now) {
  deadline_ = steady_clock::now() + from_now;
}

std::string Connection::take_body() {
  std::string body = framing_.body(unread());
  offset_ += framing_.size();
  return body;
}

void Connection::begin_linger() {
  linger_start_ = steady_clock::now();
  channel_->finish_sending();
}

Channel::Result Connection::send_now(std::string_view text) {
  return channel_->send(text.data(), text.size());
}

bool Connection::discard_arrived(std::size_t max) {
  for (;;) {
    discarded_ += buffered();
    offset_ = buffer_.size();
    if (discarded_ > max) return false;
    const Took took = take_arrived();
    if (took == Took::end) return false;
    if (took == Took::nothing_now) break;
  }
  finish_request();
  return true;
}

void Connection::stop_reading() {
  platform::shut_down(socket_, platform::Direction::receive);
}

void Connection::stop() {
  platform::shut_down(socket_, platform::Direction::both);
}

bool Connection::wait(platform::Interest interest) const {
  yield_cpu();
  if (blocked_workers_ == nullptr) return wait_for_client(interest);
  const auto permit = blocked_workers_->try_take();
  return permit && wait_for_client(interest);
}

bool Connection::wait_for_client(platform::Interest interest) const {
  return platform::wait_for(
      socket_, interest,
      std::chrono::ceil<std::chrono::milliseconds>(deadline_ - steady_clock::now()));
}

Connection::Took Connection::take_arrived() {
  if (!is_buffered()) {
    buffer_.clear();
    offset_ = 0;
  }
  // The connection's own buffer would keep this size for as long as the connection waits.
  thread_local std::array<char, buffer_size> arrived;
  const Channel::Result taken = channel_->receive(arrived.data(), arrived.size());
  buffer_.append(arrived.data(), taken.size);
  needs_output_ = taken.state == Channel::State::needs_output;
  if (taken.state == Channel::State::moved) return Took::some;
  return taken.state == Channel::State::ended ? Took::end : Took::nothing_now;
}

bool Connection::write_all(std::string_view text) {
  while (!text.empty()) {
    const Channel::Result sent = channel_->send(text.data(), text.size());
    if (sent.state == Channel::State::ended) return false;
    if (sent.state == Channel::State::moved) {
      text.remove_prefix(sent.size);
    } else if (!wait(sent.state == Channel::State::needs_input ? platform::Interest::input
                                                               : platform::Interest::output)) {
      return false;
    }
  }
  return true;
}

}  // namespace hss::transport
