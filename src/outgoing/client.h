#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "outgoing/lookup.h"
#include "outgoing/url.h"
#include "platform/socket.h"

namespace hss::outgoing {

/// The only place that makes outgoing HTTP and HTTPS requests.

using OutgoingHeaders = std::vector<std::pair<std::string, std::string>>;

struct OutgoingRequest {
  std::string method = "GET";
  std::string target = "/";  ///< path and query, encoded
  OutgoingHeaders headers;   ///< `Host` and `Content-Length` are added
  std::string body;
  /// The request returns by then, whatever the time-outs are; nothing is sent after it.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

struct OutgoingResponse {
  int status = 0;
  std::string body;
  OutgoingHeaders headers;

  /// The first value of a header, whatever the name's case; empty if there is none.
  std::string header(std::string_view name) const;
};

enum class OutgoingError {
  none,
  unknown_host,
  forbidden_address,  ///< `may_connect` returned false
  no_connection,
  timed_out,
  no_authorities,  ///< no certificate authorities were found
  untrusted,       ///< the certificate is not valid for the host
  broken,          ///< the server closed the connection, or speaks no HTTP or TLS
  too_large,
  stopped,
};

struct OutgoingResult {
  std::optional<OutgoingResponse> response;  ///< whatever its status
  OutgoingError error = OutgoingError::none;
  std::string sentence;  ///< describes the error for a person: host and port, never path or query
  std::chrono::milliseconds took{};
};

struct ClientOptions {
  std::chrono::milliseconds connect_timeout{3'000};  ///< name, connection and TLS
  std::chrono::milliseconds answer_timeout{5'000};   ///< the rest; the sum of both is the limit
  std::size_t max_answer = 1024 * 1024;              ///< bytes of the body
  /// Called for each address of the host, before each connection; if it returns false for one, no
  /// connection is made. Connections go only to addresses that were checked. Empty: any.
  std::function<bool(const std::string& address)> may_connect;
  Resolver resolver = platform::look_up;
  /// Where to look for certificates of authorities; empty: find_authorities().
  std::string authorities;
};

/// The file or folder of the certificates to trust: SSL_CERT_FILE, SSL_CERT_DIR, else the default
/// places of Linux distributions and macOS. Empty if there is none.
std::string find_authorities();

/// Sends requests to one server, and keeps the connection for the next. Follows no redirect, uses
/// no proxy, and verifies HTTPS certificates. Used by one thread at a time, except for stop().
class Client {
 public:
  explicit Client(const Url& url, ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Returns within the time-outs and by the request's deadline, whatever the server does; throws
  /// nothing for the server's failures.
  OutgoingResult send(const OutgoingRequest& request);

  /// Called from any thread: the request under way returns soon, later ones at once.
  void stop();

 private:
  class Guard;
  struct State;
  OutgoingResult connect_and_send(const OutgoingRequest& request, Guard& guard);

  const Url url_;
  const ClientOptions options_;
  std::unique_ptr<State> state_;
};

}  // namespace hss::outgoing
