#include "transport/http_server.h"

#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <utility>

#include "domain/error.h"
#include "domain/text.h"
#include "transport/connection.h"
#include "transport/connections.h"
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
  api::GoOn go_on;             ///< the answer's
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

bool asks_to_close(const api::Request& request) {
  const std::string* connection = request.find_header("Connection");
  return connection != nullptr && domain::to_lower(*connection).find("close") != std::string::npos;
}

/// Called by the library once the head is read: takes the body's framing out of its hands. A
/// request with Content-Length 0 and no coding is left alone by it, so the body stays in the
/// connection for us, read to our limits and deadline.
void take_over(httplib::Request& from, Exchange& exchange) {
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
    exchange.must_linger = true;
  }
  // One answer a connection: HTTP/1.0 has its own way of keeping one, which nobody needs today.
  if (from.version == "HTTP/1.0" || asks_to_close(exchange.request)) exchange.must_close = true;
  from.ranges.clear();
  from.headers.erase("Content-Length");
  from.headers.erase("Transfer-Encoding");
  from.headers.emplace("Content-Length", "0");
  // The connection has said so itself, unless the body is refused anyway.
  from.headers.erase("Expect");
}

void read_body_into(Exchange& exchange, std::size_t largest_body) {
  if (exchange.fault || !exchange.framing.has_body()) return;
  try {
    exchange.request.body = read_body(exchange.connection, exchange.framing, largest_body);
  } catch (const Error& error) {
    exchange.fault = error;
    exchange.must_close = true;
    exchange.must_linger = true;
  }
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
  /// What the library thinks is its worker pool: a connection that it accepted is ours from then
  /// on.
  class Acceptor;

  bool process_and_close_socket(socket_t socket) override;
  Served serve_input(Connection& connection, Connection::Input input);
  Served refuse_head(Connection& connection, const std::string& why);
  HandlerResponse respond(httplib::Response& response);
  void shape_error(const httplib::Request& request, httplib::Response& response);
  static void mend_headers(httplib::Response& response);
  void log(const Exchange& exchange, int status, steady_clock::time_point start) const;

  const api::Router& router_;
  const HttpOptions options_;
  std::atomic<bool> stop_requested_ = false;
  Connections connections_;
};

class HttpServer::Listener::Acceptor final : public httplib::TaskQueue {
 public:
  explicit Acceptor(Connections& connections) : connections_(connections) {}

  bool enqueue(std::function<void()> accepted) override {
    accepted();
    return true;
  }
  void shutdown() override { connections_.stop(); }

 private:
  Connections& connections_;
};

HttpServer::Listener::Listener(const api::Router& router, HttpOptions options)
    : router_(router),
      options_(std::move(options)),
      connections_([this](Connection& connection,
                          Connection::Input input) { return serve_input(connection, input); },
                   options_.connections) {
  new_task_queue = [this] { return new Acceptor(connections_); };
  httplib::Server::set_socket_options(transport::set_socket_options);
  set_tcp_nodelay(true);
  set_pre_routing_handler(
      [this](const httplib::Request&, httplib::Response& response) { return respond(response); });
  set_error_handler([this](const httplib::Request& request, httplib::Response& response) {
    shape_error(request, response);
  });
  set_exception_handler([this](const httplib::Request&, httplib::Response& response,
                               const std::exception_ptr&) {
    // The router lets nothing out, so this is memory or the like.
    fill(response, router_.refuse(current->request,
                                  Error(ErrorCode::internal, "Something went wrong on our side")));
  });
  set_post_routing_handler(
      [](const httplib::Request&, httplib::Response& response) { mend_headers(response); });
}

int HttpServer::Listener::bind() {
  errno = 0;
  const int port = options_.port == 0
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
              "Listening on " + where +
                  " is not possible; choose an address of this machine with "
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
  auto channel = options_.tls ? options_.tls->open_channel(socket) : open_plain_channel(socket);
  connections_.add(std::make_shared<Connection>(socket, std::move(channel), options_.largest_body));
  return true;
}

Served HttpServer::Listener::serve_input(Connection& connection, Connection::Input input) {
  if (input == Connection::Input::head_too_large) {
    return refuse_head(connection, "The request's head is larger than " +
                                       std::to_string(RequestProgress::largest_head) + " bytes");
  }
  if (input == Connection::Input::framing_encoded) {
    return refuse_head(connection, "Content-Length and Transfer-Encoding are not percent-encoded");
  }
  Exchange exchange{
      .connection = connection, .request = {}, .framing = {}, .fault = {}, .go_on = {}};
  exchange.request.before_wait = [&connection] { connection.give_way(); };
  current = &exchange;
  bool closes = false;
  const bool served =
      process_request(connection, connection.remote_address(), 0, "", 0, stop_requested_, closes,
                      [&](httplib::Request& request) { take_over(request, exchange); });
  current = nullptr;
  if (exchange.must_linger) connection.linger();
  if (!served || !exchange.handled || stop_requested_) return {};
  if (exchange.go_on && exchange.request.method != "HEAD") return {.go_on = exchange.go_on};
  return {.is_kept = !closes && !exchange.must_close};
}

/// The library would not read such a head to its end, nor answer it.
Served HttpServer::Listener::refuse_head(Connection& connection, const std::string& why) {
  const auto start = steady_clock::now();
  Exchange exchange{
      .connection = connection, .request = {}, .framing = {}, .fault = {}, .go_on = {}};
  const api::Response refused =
      router_.refuse(exchange.request, Error(ErrorCode::validation_error, why));
  std::string text = "HTTP/1.1 " + std::to_string(refused.status) + " Bad Request\r\n";
  for (const auto& [name, value] : refused.headers) text += name + ": " + value + "\r\n";
  text += "Connection: close\r\nContent-Length: " + std::to_string(refused.body.size()) +
          "\r\n\r\n" + refused.body;
  log(exchange, refused.status, start);
  connection.write(text.data(), text.size());
  connection.linger();
  return {};
}

httplib::Server::HandlerResponse HttpServer::Listener::respond(httplib::Response& response) {
  const auto start = steady_clock::now();
  Exchange& exchange = *current;
  exchange.handled = true;
  options_.trusted_proxies.describe_client(exchange.request, exchange.connection.remote_address(),
                                           options_.tls != nullptr);
  read_body_into(exchange, options_.largest_body);
  api::Response answer = exchange.fault ? router_.refuse(exchange.request, *exchange.fault)
                                        : router_.handle(exchange.request);
  fill(response, answer);
  exchange.go_on = std::move(answer.go_on);
  // Its end is the answer's end.
  if (exchange.go_on) exchange.must_close = true;
  log(exchange, response.status, start);
  return HandlerResponse::Handled;
}

void HttpServer::Listener::shape_error(const httplib::Request& request,
                                       httplib::Response& response) {
  Exchange& exchange = *current;
  if (exchange.handled) return;
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
  if (response.status == 204 || response.status == 304 || current->go_on) {
    response.headers.erase("Content-Length");
  }
}

void HttpServer::Listener::log(const Exchange& exchange, int status,
                               steady_clock::time_point start) const {
  const api::Request& request = exchange.request;
  options_.log(
      {.method = request.method,
       .path = request.target.substr(0, request.target.find('?')),
       .status = status,
       .time = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - start),
       .request_id = request.request_id,
       .remote_address = request.client_address.empty() ? exchange.connection.remote_address()
                                                        : request.client_address});
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
