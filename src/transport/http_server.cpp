#include "transport/http_server.h"

#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <mutex>
#include <set>
#include <utility>

#include "domain/error.h"
#include "transport/connection.h"
#include "transport/idle_connections.h"
#include "transport/request_body.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;
using std::chrono::steady_clock;

/// What one run of httplib's process_request() is about. The library hands its callbacks no way
/// back to the connection, so the worker's thread remembers it.
struct Exchange {
  Connection& connection;
  api::Request request;
  Framing framing;
  std::optional<Error> fault;  ///< found before the body was read
  bool handled = false;        ///< the answer is ours and not the library's
  bool must_close = false;     ///< the connection is unfit for another request
  bool must_linger = false;    ///< the client may still be sending
};

thread_local Exchange* current = nullptr;

bool has_control_character(const std::string& value) {
  return std::any_of(value.begin(), value.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

void copy_head(const httplib::Request& from, api::Request& to) {
  to.method = from.method;
  to.target = from.target;
  to.headers.reserve(from.headers.size());
  for (const auto& [name, value] : from.headers) to.headers.emplace_back(name, value);
}

/// Called by the library once the head is read: takes the body's framing out of its hands. A request
/// with Content-Length 0 and no coding is left alone by it, so the body stays in the connection for
/// us, read to our limits and deadline.
void take_over(httplib::Request& from, Exchange& exchange, std::size_t largest_body) {
  copy_head(from, exchange.request);
  try {
    for (const auto& [name, value] : exchange.request.headers) {
      if (has_control_character(value)) {
        throw Error(ErrorCode::validation_error, "A header has control characters");
      }
    }
    exchange.framing = framing_of(exchange.request);
  } catch (const Error& error) {
    exchange.fault = error;
    exchange.must_close = true;
  }
  // One answer a connection: HTTP/1.0 has its own way of keeping one, which nobody needs today.
  if (from.version == "HTTP/1.0" || from.get_header_value("Connection") == "close") {
    exchange.must_close = true;
  }
  from.ranges.clear();
  from.headers.erase("Content-Length");
  from.headers.erase("Transfer-Encoding");
  from.headers.emplace("Content-Length", "0");
  // Not asked to go on, a client spares itself a body that is refused anyway.
  if (exchange.fault || exchange.framing.length > largest_body) from.headers.erase("Expect");
}

bool read_body_into(Exchange& exchange, std::size_t largest_body) {
  if (exchange.fault || !exchange.framing.has_body()) return true;
  try {
    auto body = read_body(exchange.connection, exchange.framing, largest_body);
    if (!body) {
      exchange.must_close = true;
      return false;
    }
    exchange.request.body = *std::move(body);
  } catch (const Error& error) {
    exchange.fault = error;
    exchange.must_close = true;
    exchange.must_linger = true;
  }
  return true;
}

void fill(httplib::Response& to, const api::Response& from) {
  to.status = from.status;
  to.headers.clear();
  for (const auto& [name, value] : from.headers) to.headers.emplace(name, value);
  to.body = from.content();
}

/// What the library refused by itself, in the contract's words.
Error refusal(int status) {
  if (status == 414) return {ErrorCode::validation_error, "The address is too long"};
  if (status == 416) return {ErrorCode::validation_error, "The Range header is not valid"};
  return {ErrorCode::validation_error, "This is not a valid HTTP request"};
}

bool is_unknown_method(const httplib::Request& request) {
  return request.version.starts_with("HTTP/1.") && !request.target.empty() && request.path.empty();
}

void set_socket_options(socket_t socket) {
  const int yes = 1;
  // Not SO_REUSEPORT, with which two servers would share one port unnoticed.
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
}

}  // namespace

class HttpServer::Listener final : public httplib::Server {
 public:
  Listener(const api::Router& router, HttpOptions options);

  int bind();
  bool serve();
  void stop_serving();

 private:
  /// The library's worker pool, with our own end: idle connections first, then reads that wait.
  class Workers;

  bool process_and_close_socket(socket_t socket) override;
  void serve_connection(std::shared_ptr<Connection> connection);
  bool serve_request(Connection& connection);
  HandlerResponse respond(httplib::Response& response);
  void shape_error(const httplib::Request& request, httplib::Response& response);
  static void mend_headers(httplib::Response& response);
  void log(const Exchange& exchange, int status, steady_clock::time_point start) const;
  void cut_reads();

  const api::Router& router_;
  const HttpOptions options_;
  std::atomic<bool> stop_requested_ = false;
  std::atomic<bool> stopping_ = false;  ///< the workers are told to finish
  Workers* workers_ = nullptr;  ///< the library owns it while it listens
  std::mutex active_mutex_;
  std::set<Connection*> active_;
  IdleConnections idle_;
};

class HttpServer::Listener::Workers final : public httplib::TaskQueue {
 public:
  Workers(Listener& listener, std::size_t count)
      : listener_(listener), pool_(count, count, most_waiting) {}

  bool enqueue(std::function<void()> task) override { return pool_.enqueue(std::move(task)); }
  void shutdown() override {
    listener_.stopping_ = true;
    listener_.idle_.stop();
    listener_.cut_reads();
    pool_.shutdown();
  }

 private:
  static constexpr std::size_t most_waiting = 16 * 1024;
  Listener& listener_;
  httplib::ThreadPool pool_;
};

HttpServer::Listener::Listener(const api::Router& router, HttpOptions options)
    : router_(router),
      options_(std::move(options)),
      idle_(
          [this](std::shared_ptr<Connection> connection) {
            workers_->enqueue([this, connection = std::move(connection)]() mutable {
              serve_connection(std::move(connection));
            });
          },
          options_.idle_time) {
  new_task_queue = [this] { return workers_ = new Workers(*this, options_.workers); };
  httplib::Server::set_socket_options(transport::set_socket_options);
  set_tcp_nodelay(true);
  set_pre_routing_handler(
      [this](const httplib::Request&, httplib::Response& response) { return respond(response); });
  set_error_handler([this](const httplib::Request& request, httplib::Response& response) {
    shape_error(request, response);
  });
  set_post_routing_handler(
      [](const httplib::Request&, httplib::Response& response) { mend_headers(response); });
}

int HttpServer::Listener::bind() {
  errno = 0;
  const int port =
      options_.port == 0
          ? bind_to_any_port(options_.host)
          : (bind_to_port(options_.host, options_.port) ? options_.port : -1);
  if (port > 0) return port;
  const std::string where = options_.host + ":" + std::to_string(options_.port);
  if (errno == EADDRINUSE) {
    throw Error(ErrorCode::unavailable, "Port " + std::to_string(options_.port) + " on " +
                                            options_.host +
                                            " is taken; stop the program that has it, or choose "
                                            "another with --port (0 picks a free one)");
  }
  if (errno == EACCES) {
    throw Error(ErrorCode::unavailable, "Listening on " + where +
                                            " is not allowed; choose a port from 1024 up with "
                                            "--port");
  }
  throw Error(ErrorCode::unavailable,
              "Listening on " + where + " is not possible; choose an address of this machine with "
                                        "--host");
}

bool HttpServer::Listener::serve() {
  listen_after_bind();
  return stop_requested_;
}

void HttpServer::Listener::stop_serving() {
  stop_requested_ = true;
  wait_until_ready();
  stop();
}

bool HttpServer::Listener::process_and_close_socket(socket_t socket) {
  serve_connection(std::make_shared<Connection>(socket));
  return true;
}

void HttpServer::Listener::serve_connection(std::shared_ptr<Connection> connection) {
  {
    const std::lock_guard lock(active_mutex_);
    active_.insert(connection.get());
  }
  bool usable = true;
  while (usable && connection->has_input()) usable = serve_request(*connection) && !stopping_;
  {
    const std::lock_guard lock(active_mutex_);
    active_.erase(connection.get());
  }
  if (usable) idle_.park(std::move(connection));
}

bool HttpServer::Listener::serve_request(Connection& connection) {
  connection.start_request(options_.request_time);
  Exchange exchange{.connection = connection, .request = {}, .framing = {}, .fault = {}};
  current = &exchange;
  bool closes = false;
  const bool served = process_request(
      connection, connection.remote_address(), 0, "", 0, stopping_, closes,
      [&](httplib::Request& request) { take_over(request, exchange, options_.largest_body); });
  current = nullptr;
  if (exchange.must_linger) connection.linger();
  return served && !closes && exchange.handled && !exchange.must_close;
}

httplib::Server::HandlerResponse HttpServer::Listener::respond(httplib::Response& response) {
  const auto start = steady_clock::now();
  Exchange& exchange = *current;
  exchange.handled = true;
  if (!read_body_into(exchange, options_.largest_body)) {
    response.status = 408;  // to nobody: the client has gone, or is too slow to be served
    return HandlerResponse::Handled;
  }
  fill(response, exchange.fault ? router_.refuse(exchange.request, *exchange.fault)
                                : router_.handle(exchange.request));
  log(exchange, response.status, start);
  return HandlerResponse::Handled;
}

void HttpServer::Listener::shape_error(const httplib::Request& request,
                                       httplib::Response& response) {
  Exchange& exchange = *current;
  if (exchange.handled) return;
  exchange.request = {};
  copy_head(request, exchange.request);
  const auto start = steady_clock::now();
  fill(response, is_unknown_method(request)
                     ? router_.handle(exchange.request)
                     : router_.refuse(exchange.request, refusal(response.status)));
  log(exchange, response.status, start);
}

void HttpServer::Listener::mend_headers(httplib::Response& response) {
  // The library closes after every error and says its own limits; ours are told by doing.
  response.headers.erase("Keep-Alive");
  response.headers.erase("Accept-Ranges");
  response.headers.erase("Connection");
  if (current->must_close || !current->handled) response.headers.emplace("Connection", "close");
  if (response.status == 204 || response.status == 304) response.headers.erase("Content-Length");
}

void HttpServer::Listener::log(const Exchange& exchange, int status,
                               steady_clock::time_point start) const {
  const api::Request& request = exchange.request;
  options_.log({.method = request.method,
                .path = request.target.substr(0, request.target.find('?')),
                .status = status,
                .time = std::chrono::duration_cast<std::chrono::microseconds>(
                    steady_clock::now() - start),
                .request_id = request.request_id,
                .remote_address = exchange.connection.remote_address()});
}

void HttpServer::Listener::cut_reads() {
  const std::lock_guard lock(active_mutex_);
  for (Connection* connection : active_) connection->stop_reading();
}

HttpServer::HttpServer(const api::Router& router, HttpOptions options)
    : listener_(std::make_unique<Listener>(router, std::move(options))) {}

HttpServer::~HttpServer() = default;

int HttpServer::bind() {
  return listener_->bind();
}

bool HttpServer::serve() {
  return listener_->serve();
}

void HttpServer::stop() {
  listener_->stop_serving();
}

}  // namespace hss::transport
