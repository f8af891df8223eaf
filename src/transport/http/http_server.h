#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "api/http/router.h"
#include "platform/socket.h"
#include "transport/http/access.h"
#include "transport/http/connections.h"
#include "transport/http/listening_socket.h"
#include "transport/http/tls.h"
#include "transport/http/trusted_proxies.h"

namespace hss::transport {

struct HttpOptions {
  std::string host = "127.0.0.1";
  int port = 0;                        ///< 0: any free one
  std::size_t max_body = 1024 * 1024;  ///< bytes, of requests for which the router says no other
  ConnectionLimits connections;
  const Tls* tls = nullptr;  ///< outlives the server; nullptr: plain HTTP
  TrustedProxies trusted_proxies;
  std::function<void(const Access&)> log = [](const Access&) {};  ///< from any thread
  /// Reports to the operator that connections cannot be accepted now.
  std::function<void(const std::string&)> report = [](const std::string&) {};
  /// Accepts a connection of a listening socket.
  std::function<platform::Opened(platform::SocketHandle)> accept = platform::accept;
};

/// The router behind a socket: HTTP/1.1, read and written here. A worker serves whole requests; a
/// connection that waits costs no worker (connections.h).
class HttpServer {
 public:
  HttpServer(const api::Router& router, HttpOptions options);
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Listens from now on, and returns the port. Throws as ListeningSocket.
  int bind();

  /// Serves until stop(). New clients wait while the system has no connections to give.
  void serve();

  /// Connections that are open, and those of them on which an answer goes on. Called from any
  /// thread.
  std::size_t connections() const { return connections_.count(); }
  std::size_t streams() const { return connections_.count_streams(); }
  /// Connections that were closed at once since the start, as there were too many.
  std::size_t rejected_connections() const { return connections_.count_rejected(); }

  /// Accepts no new connection, and makes serve() return once requests in flight are answered.
  /// Called from any thread, once it listens.
  void stop();

 private:
  struct Exchange;

  /// Returns false where the system has no room for it.
  bool take_in(platform::SocketHandle socket);
  ServeResult serve_request(Connection& connection);
  api::PendingResponse begin(Exchange& exchange) const;
  Served respond(const Exchange& exchange, const api::Response& response) const;
  void log(const Exchange& exchange, int status) const;

  const api::Router& router_;
  const HttpOptions options_;
  const RequestFraming::MaxBody larger_;
  std::optional<ListeningSocket> listening_;
  std::atomic<bool> stop_requested_ = false;
  Connections connections_;
};

}  // namespace hss::transport
