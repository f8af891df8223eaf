#include "transport/http/http_server.h"

#include <chrono>
#include <thread>
#include <utility>

#include "domain/error.h"
#include "domain/validation/text.h"
#include "transport/http/request_head.h"
#include "transport/http/response_head.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;
using std::chrono::steady_clock;

bool asks_to_close(const api::Request& request) {
  const std::string* connection = request.find_header("Connection");
  return connection != nullptr && domain::to_lower(*connection).find("close") != std::string::npos;
}

ConnectionLimits with_proxies(ConnectionLimits limits, const TrustedProxies& proxies) {
  limits.is_proxy = [&proxies](const std::string& address) { return proxies.trusts(address); };
  return limits;
}

/// `line`: the request's method, target and version.
std::optional<std::size_t> max_body_of(const api::Router& router, std::string_view line) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == line.npos || last == first) return std::nullopt;
  return router.find_max_body(line.substr(0, first), line.substr(first + 1, last - first - 1));
}

}  // namespace

/// A request, and how its connection goes on.
struct HttpServer::Exchange {
  Connection& connection;
  steady_clock::time_point start = steady_clock::now();
  api::Request request;
  bool is_last = false;      ///< the connection is closed behind the answer
  bool must_linger = false;  ///< the client may still be sending
};

HttpServer::HttpServer(const api::Router& router, HttpOptions options)
    : router_(router),
      options_(std::move(options)),
      larger_([&router](std::string_view line) { return max_body_of(router, line); }),
      connections_([this](Connection& connection) { return serve_request(connection); },
                   with_proxies(options_.connections, options_.trusted_proxies)) {}

int HttpServer::bind() {
  return listening_.emplace(options_.host, options_.port).port();
}

void HttpServer::serve() {
  constexpr auto pause = std::chrono::milliseconds(20);
  bool is_in_trouble = false;
  while (!stop_requested_) {
    const auto [socket, error] = options_.accept(listening_->handle());
    if (socket != platform::no_socket) {
      is_in_trouble = !take_in(socket);
    } else if (error == std::errc::operation_would_block) {
      listening_->wait();
    } else if (!stop_requested_ && !platform::is_of_one_connection(error)) {
      // The system is out of files or memory, or worse: that passes, or the operator acts.
      if (!std::exchange(is_in_trouble, true)) {
        options_.report("new connections have to wait: " + error.message());
      }
      std::this_thread::sleep_for(pause);
    }
  }
  connections_.stop();
}

void HttpServer::stop() {
  stop_requested_ = true;
  listening_->stop();
}

bool HttpServer::take_in(platform::SocketHandle socket) {
  platform::set_no_delay(socket);
  std::shared_ptr<Connection> connection;
  try {
    auto channel = options_.tls ? options_.tls->open_channel(socket) : open_plain_channel(socket);
    connection =
        std::make_shared<Connection>(socket, std::move(channel), options_.max_body, &larger_);
    connections_.add(connection);
    return true;
  } catch (const std::exception& failure) {
    if (!connection) platform::close(socket);
    try {
      options_.report(std::string("a connection was not taken in: ") + failure.what());
    } catch (const std::exception&) {
      // There is no memory for the report.
    }
    return false;
  }
}

ServeResult HttpServer::serve_request(Connection& connection) {
  auto exchange = std::make_shared<Exchange>(Exchange{.connection = connection, .request = {}});
  exchange->request.before_wait = [&connection] { connection.yield_cpu(); };
  api::PendingResponse pending = begin(*exchange);
  if (pending.response) return {.served = respond(*exchange, *pending.response), .deferred = {}};
  return {.served = {},
          .deferred = {{.start = std::move(pending.deferred.start),
                        .rest = [this, exchange, rest = std::move(pending.deferred.rest)] {
                          return respond(*exchange, rest());
                        }}}};
}

Served HttpServer::respond(const Exchange& exchange, const api::Response& response) const {
  Connection& connection = exchange.connection;
  const bool is_head = exchange.request.method == "HEAD";
  // The end of the connection ends an answer that goes on.
  const bool is_last = exchange.is_last || response.on_stream || stop_requested_;
  log(exchange, response.status);
  std::string text = head_of(response, is_last);
  std::string_view body = is_head ? std::string_view() : response.content();
  // Mostly both go in one packet; a large body is not copied for that.
  constexpr std::size_t max_copied = 64 * 1024;
  if (body.size() <= max_copied) text.append(std::exchange(body, {}));
  if (!connection.write_all(text) || !connection.write_all(body)) return {};
  if (exchange.must_linger) return {.lingers = true};
  if (response.on_stream && !is_head) return {.on_stream = response.on_stream};
  return {.is_kept = !is_last};
}

api::PendingResponse HttpServer::begin(Exchange& exchange) const {
  api::Request& request = exchange.request;
  Connection& connection = exchange.connection;
  const auto reject = [&](const Error& error) -> api::PendingResponse {
    exchange.is_last = exchange.must_linger = true;
    return {.response = router_.reject(request, error), .deferred = {}};
  };
  try {
    const HttpVersion version = parse_head(connection.head(), request);
    options_.trusted_proxies.describe_client(request, connection.remote_address(),
                                             options_.tls != nullptr);
    // A connection of HTTP/1.0 has one answer: nobody needs its own way of keeping one today.
    exchange.is_last = version == HttpVersion::http_1_0 || asks_to_close(request);
    request.body = connection.take_body();
  } catch (const Error& error) {
    return reject(error);
  } catch (const std::exception&) {
    // The parser throws nothing else, so this is memory or the like.
    return reject(Error(ErrorCode::unavailable, "The server has no memory for this just now"));
  }
  return router_.begin(request);
}

void HttpServer::log(const Exchange& exchange, int status) const {
  const api::Request& request = exchange.request;
  options_.log({.method = request.method,
                .path = request.target.substr(0, request.target.find('?')),
                .route = request.route,
                .status = status,
                .time = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() -
                                                                              exchange.start),
                .request_id = request.request_id,
                .remote_address = request.client_address.empty()
                                      ? exchange.connection.remote_address()
                                      : request.client_address});
}

}  // namespace hss::transport
