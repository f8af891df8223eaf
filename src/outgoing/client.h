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

namespace hss::outgoing {

/// The one place that makes outgoing HTTP and HTTPS requests.

using OutgoingHeaders = std::vector<std::pair<std::string, std::string>>;

struct OutgoingRequest {
  std::string method = "GET";
  std::string target = "/";  ///< path and query, encoded
  OutgoingHeaders headers;   ///< `Host` and `Content-Length` are added
  std::string body;
  /// Returned by then, whatever the time-outs say; nothing is sent where it has passed.
  std::chrono::steady_clock::time_point deadline = std::chrono::steady_clock::time_point::max();
};

struct OutgoingResponse {
  int status = 0;
  std::string body;
  OutgoingHeaders headers;

  /// Its first value, whatever the name's case; empty where there is none.
  std::string header(std::string_view name) const;
};

enum class OutgoingError {
  none,
  unknown_host,
  forbidden_address,  ///< `may_connect` said no
  no_connection,
  timed_out,
  no_authorities,  ///< there is nothing to check certificates against
  untrusted,       ///< the certificate is not valid for the host
  broken,          ///< it ended the connection, or speaks no HTTP or TLS
  too_large,
  stopped,
};

struct OutgoingResult {
  std::optional<OutgoingResponse> response;  ///< whatever its status
  OutgoingError error = OutgoingError::none;
  std::string sentence;  ///< about the error, for a person: host and port, never path or query
  std::chrono::milliseconds took{};
};

struct ClientOptions {
  std::chrono::milliseconds connect_timeout{3'000};  ///< name, connection and TLS
  std::chrono::milliseconds answer_timeout{5'000};   ///< the rest; both together are the most
  std::size_t max_answer = 1024 * 1024;              ///< bytes of the body
  /// Asked about each address that the host has, before each connection; where one is refused,
  /// none is connected to. The connection goes to an address that was asked about. Empty: any.
  std::function<bool(const std::string& address)> may_connect;
  Resolver resolver = system_addresses;
  /// Where certificates of authorities are looked for; empty: find_authorities().
  std::string authorities;
};

/// The file or folder of the certificates to trust: SSL_CERT_FILE, SSL_CERT_DIR, else where Linux
/// distributions and macOS keep them. Empty where there is none.
std::string find_authorities();

/// Asks one server, over a connection that is kept for the next request. Follows no redirect, uses
/// no proxy. HTTPS certificates are verified. For one thread at a time, but for stop().
class Client {
 public:
  explicit Client(const Url& url, ClientOptions options = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Returns within the time-outs and by the request's deadline, whatever the other side does;
  /// throws nothing for what it does.
  OutgoingResult send(const OutgoingRequest& request);

  /// From any thread: the request under way returns soon, later ones at once.
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
