#include "transport/http_server.h"

#include <httplib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <system_error>
#include <thread>
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

/// `head` is what the library read: a version of it hands out the values percent-decoded.
void copy_head(const httplib::Request& from, std::string_view head, api::Request& to) {
  constexpr std::string_view line_end = "\r\n", padding = " \t";
  to.method = from.method;
  to.target = from.target;
  to.headers.reserve(from.headers.size());
  for (auto at = head.find(line_end); at != head.npos; at = head.find(line_end, at)) {
    at += line_end.size();
    const std::string_view line = head.substr(at, head.find(line_end, at) - at);
    const auto colon = line.find(':');
    if (colon == line.npos) continue;
    std::string_view value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(padding), value.size()));
    value = value.substr(0, value.find_last_not_of(padding) + 1);
    to.headers.emplace_back(line.substr(0, colon), value);
  }
}

bool asks_to_close(const api::Request& request) {
  const std::string* connection = request.find_header("Connection");
  return connection != nullptr && domain::to_lower(*connection).find("close") != std::string::npos;
}

/// Called by the library once the head is read: takes the body's framing out of its hands. A
/// request with Content-Length 0 and no coding is left alone by it, so the body stays in the
/// connection for us, read to our limits and deadline.
void take_over(httplib::Request& from, Exchange& exchange) {
  copy_head(from, exchange.connection.taken(), exchange.request);
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

void fill(httplib::Response& to, api::Response&& from) {
  to.status = from.status;
  to.headers.clear();
  for (auto& [name, value] : from.headers) to.headers.emplace(std::move(name), std::move(value));
  if (from.static_body.empty()) {
    to.body = std::move(from.body);
  } else {
    to.body = from.static_body;
  }
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

/// Of the one that was to be accepted, and no sign for the next (accept(2)).
bool is_of_one_connection(int failure) {
  constexpr std::array passing{EINTR,      EAGAIN,      ECONNABORTED, EPROTO, EPERM,
                               ENETDOWN,   ENOPROTOOPT, EHOSTDOWN,    ENONET, EHOSTUNREACH,
                               EOPNOTSUPP, ENETUNREACH, ETIMEDOUT};
  return std::find(passing.begin(), passing.end(), failure) != passing.end();
}

void set_socket_options(socket_t socket) {
  const int yes = 1;
  // Not SO_REUSEPORT, with which two servers would share one port unnoticed.
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  // Room for nearly any answer at once, so that hardly a worker waits for a slow reader.
  const int room = 256 * 1024;
  ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
}

}  // namespace

int accept_connection(int listening) {
  return ::accept4(listening, nullptr, nullptr, SOCK_CLOEXEC);
}

class HttpServer::Listener final : public httplib::Server {
 public:
  Listener(const api::Router& router, HttpOptions options);
  ~Listener() override {
    if (svr_sock_ != INVALID_SOCKET) ::close(svr_sock_);
  }

  int bind();
  std::size_t connections() const { return connections_.count(); }
  std::size_t streams() const { return connections_.count_streams(); }
  std::size_t refused_connections() const { return connections_.count_refused(); }
  void serve();
  void stop_serving();

 private:
  void take_in(socket_t socket);
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

HttpServer::Listener::Listener(const api::Router& router, HttpOptions options)
    : router_(router),
      options_(std::move(options)),
      connections_([this](Connection& connection,
                          Connection::Input input) { return serve_input(connection, input); },
                   options_.connections) {
  httplib::Server::set_socket_options(transport::set_socket_options);
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

void HttpServer::Listener::serve() {
  constexpr auto pause = std::chrono::milliseconds(20);
  bool is_in_trouble = false;
  while (!stop_requested_) {
    const socket_t socket = options_.accept(svr_sock_);
    const int failure = errno;
    if (socket >= 0) {
      is_in_trouble = false;
      take_in(socket);
    } else if (!stop_requested_ && !is_of_one_connection(failure)) {
      // Out of files or memory, or worse. The library's own loop would end the program here.
      if (!std::exchange(is_in_trouble, true)) {
        options_.report("new connections have to wait: " +
                        std::generic_category().message(failure));
      }
      std::this_thread::sleep_for(pause);
    }
  }
  connections_.stop();
}

void HttpServer::Listener::stop_serving() {
  stop_requested_ = true;
  ::shutdown(svr_sock_, SHUT_RDWR);  // wakes who accepts
}

void HttpServer::Listener::take_in(socket_t socket) {
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  std::shared_ptr<Connection> connection;
  try {
    auto channel = options_.tls ? options_.tls->open_channel(socket) : open_plain_channel(socket);
    connection = std::make_shared<Connection>(socket, std::move(channel), options_.largest_body);
    connections_.add(connection);
  } catch (const std::exception& failure) {
    options_.report(std::string("a connection was not taken in: ") + failure.what());
    if (!connection) ::close(socket);
  }
}

Served HttpServer::Listener::serve_input(Connection& connection, Connection::Input input) {
  if (input == Connection::Input::no_request) {
    return refuse_head(connection, "This is no HTTP request");
  }
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
  if (exchange.must_linger) return {.lingers = true};
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
  return {.lingers = true};
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
  fill(response, std::move(answer));
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
  copy_head(request, exchange.connection.taken(), exchange.request);
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
       .route = request.route,
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

std::size_t HttpServer::connections() const {
  return listener_->connections();
}

std::size_t HttpServer::streams() const {
  return listener_->streams();
}

std::size_t HttpServer::refused_connections() const {
  return listener_->refused_connections();
}

void HttpServer::serve() {
  listener_->serve();
}

void HttpServer::stop() {
  listener_->stop_serving();
}

}  // namespace hss::transport
