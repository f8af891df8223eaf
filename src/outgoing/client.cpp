#include "outgoing/client.h"

#include <httplib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <thread>

namespace hss::outgoing {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

std::string sentence_for(OutgoingError error, const Url& url, const ClientOptions& options) {
  const std::string host = url.authority();
  switch (error) {
    case OutgoingError::none:
      return "";
    case OutgoingError::unknown_host:
      return "The name " + host + " is not known here";
    case OutgoingError::forbidden_address:
      return host + " is at an address that must not be called";
    case OutgoingError::no_connection:
      return host + " takes no connection";
    case OutgoingError::timed_out:
      return host + " did not answer in time";
    case OutgoingError::no_authorities:
      return "Certificates cannot be checked here; name the file of trusted authorities in "
             "SSL_CERT_FILE";
    case OutgoingError::untrusted:
      return host + " shows a certificate that is not valid for it";
    case OutgoingError::broken:
      return host + " broke off without a proper answer";
    case OutgoingError::too_large:
      return "The answer of " + host + " is larger than " + std::to_string(options.max_answer) +
             " bytes";
    case OutgoingError::stopped:
      return "The request was ended from here";
  }
  return "";
}

OutgoingError error_of(httplib::Error error) {
  switch (error) {
    case httplib::Error::Success:
      return OutgoingError::none;
    case httplib::Error::Connection:
    case httplib::Error::BindIPAddress:
      return OutgoingError::no_connection;
    case httplib::Error::ConnectionTimeout:
    case httplib::Error::Timeout:
      return OutgoingError::timed_out;
    case httplib::Error::SSLLoadingCerts:
      return OutgoingError::no_authorities;
    case httplib::Error::SSLServerVerification:
    case httplib::Error::SSLServerHostnameVerification:
      return OutgoingError::untrusted;
    default:
      return OutgoingError::broken;
  }
}

std::string find_variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

bool exists(const std::string& path) {
  std::error_code ignored;
  return !path.empty() && std::filesystem::exists(path, ignored);
}

}  // namespace

std::string OutgoingResponse::header(std::string_view name) const {
  const auto is_same = [](char one, char other) {
    return std::tolower(static_cast<unsigned char>(one)) ==
           std::tolower(static_cast<unsigned char>(other));
  };
  for (const auto& [found, value] : headers) {
    if (std::equal(found.begin(), found.end(), name.begin(), name.end(), is_same)) return value;
  }
  return "";
}

std::string find_authorities() {
  for (const char* variable : {"SSL_CERT_FILE", "SSL_CERT_DIR"}) {
    if (std::string path = find_variable(variable); exists(path)) return path;
  }
  for (const char* path : {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
                           "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
                           "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem", "/etc/ssl/certs"}) {
    if (exists(path)) return path;
  }
  return "";
}

struct Client::State {
  std::unique_ptr<httplib::ClientImpl> http;
  std::mutex mutex;
  std::condition_variable changed;
  bool is_stopped = false;
  bool is_under_way = false;
  /// A duplicate of the connection's handle, so that a shutdown can never reach another file to
  /// which the system gave the same number.
  platform::SocketHandle socket = platform::no_socket;
  std::optional<Lookup> lookup;

  ~State() { keep(platform::no_socket); }

  void keep(platform::SocketHandle handle) {
    if (socket != platform::no_socket) platform::close(socket);
    socket = handle;
  }
};

/// While it lives, the connection is shut down once the deadline has passed or stop() is called:
/// the library's own time-outs restart with each byte, and its stop() waits for a connection.
class Client::Guard {
 public:
  explicit Guard(State& state, steady_clock::time_point deadline)
      : state_(state), deadline_(deadline) {
    state_.is_under_way = true;
    try {
      thread_ = std::thread([this] { watch(); });
    } catch (...) {
      state_.is_under_way = false;
      throw;
    }
  }
  ~Guard() {
    {
      const std::lock_guard lock(state_.mutex);
      state_.is_under_way = false;
    }
    state_.changed.notify_all();
    thread_.join();
  }
  Guard(const Guard&) = delete;
  Guard& operator=(const Guard&) = delete;

  /// The reason why it ended the request; none if it did not.
  OutgoingError ended() const {
    const std::lock_guard lock(state_.mutex);
    if (state_.is_stopped) return OutgoingError::stopped;
    return steady_clock::now() >= deadline_ ? OutgoingError::timed_out : OutgoingError::none;
  }

 private:
  void watch() {
    std::unique_lock lock(state_.mutex);
    state_.changed.wait_until(lock, deadline_,
                              [this] { return !state_.is_under_way || state_.is_stopped; });
    while (state_.is_under_way) {
      // Repeats, as a socket that is not connected yet ignores a shutdown.
      if (state_.socket != platform::no_socket) {
        platform::shut_down(state_.socket, platform::Direction::both);
      }
      state_.changed.wait_for(lock, milliseconds(20), [this] { return !state_.is_under_way; });
    }
  }

  State& state_;
  const steady_clock::time_point deadline_;
  std::thread thread_;
};

Client::Client(const Url& url, ClientOptions options)
    : url_(url), options_(std::move(options)), state_(std::make_unique<State>()) {
  if (url_.is_https) {
    state_->http = std::make_unique<httplib::SSLClient>(url_.host, url_.port);
  } else {
    state_->http = std::make_unique<httplib::ClientImpl>(url_.host, url_.port);
  }
  httplib::ClientImpl& http = *state_->http;
  http.set_keep_alive(true);
  http.set_tcp_nodelay(true);
  http.set_follow_location(false);
  http.set_path_encode(false);
  // Longer than the guard's limit, as the library does not distinguish a time-out from a lost
  // connection.
  const milliseconds never = 2 * (options_.connect_timeout + options_.answer_timeout);
  http.set_read_timeout(never);
  http.set_write_timeout(never);
  http.set_socket_options([this](platform::SocketHandle socket) {
    const std::lock_guard lock(state_->mutex);
    state_->keep(platform::duplicate(socket));
  });
}

Client::~Client() = default;

void Client::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->is_stopped = true;
    if (state_->lookup) state_->lookup->stop();
  }
  state_->changed.notify_all();
}

OutgoingResult Client::send(const OutgoingRequest& request) {
  const auto began = steady_clock::now();
  OutgoingResult result;
  {
    Guard guard(*state_, std::min(request.deadline,
                                  began + options_.connect_timeout + options_.answer_timeout));
    result = connect_and_send(request, guard);
    if (!result.response && result.error != OutgoingError::too_large) {
      if (const OutgoingError ended = guard.ended(); ended != OutgoingError::none) {
        result.error = ended;
      }
    }
  }
  result.took = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
  result.sentence = sentence_for(result.error, url_, options_);
  return result;
}

OutgoingResult Client::connect_and_send(const OutgoingRequest& request, Guard& guard) {
  httplib::ClientImpl& http = *state_->http;
  const auto connected_by = [&] {
    return std::min(request.deadline, steady_clock::now() + options_.connect_timeout);
  };
  std::vector<std::string> addresses{""};  // the address of the open connection
  if (http.is_socket_open() == 0) {
    {
      const std::lock_guard lock(state_->mutex);
      if (state_->is_stopped) return {.error = OutgoingError::stopped};
      state_->lookup.emplace(options_.resolver, url_.host);
    }
    addresses = state_->lookup->wait(connected_by());
    if (addresses.empty()) return {.error = OutgoingError::unknown_host};
    if (options_.may_connect &&
        !std::all_of(addresses.begin(), addresses.end(), options_.may_connect)) {
      return {.error = OutgoingError::forbidden_address};
    }
    if (url_.is_https) {
      const std::string authorities =
          options_.authorities.empty() ? find_authorities() : options_.authorities;
      if (authorities.empty()) return {.error = OutgoingError::no_authorities};
      const bool is_folder = std::filesystem::is_directory(authorities);
      http.set_ca_cert_path(is_folder ? "" : authorities, is_folder ? authorities : "");
    }
  }

  bool is_too_large = false;
  OutgoingResponse response;
  httplib::Request sent;
  sent.method = request.method;
  sent.path = request.target;
  sent.body = request.body;
  sent.headers.emplace("Host", url_.authority());
  for (const auto& [name, value] : request.headers) sent.headers.emplace(name, value);
  // The library would allocate whatever size the answer claims.
  sent.content_receiver = [&](const char* bytes, std::size_t size, std::size_t, std::size_t) {
    is_too_large = size > options_.max_answer - response.body.size();
    if (!is_too_large) response.body.append(bytes, size);
    return !is_too_large;
  };

  OutgoingError error = OutgoingError::no_connection;
  for (const std::string& address : addresses) {
    if (guard.ended() != OutgoingError::none) break;
    if (!address.empty()) http.set_hostname_addr_map({{url_.host, address}});
    // The library does not notice the guard's shutdown while it connects.
    http.set_connection_timeout(std::max(
        milliseconds(1), std::chrono::ceil<milliseconds>(connected_by() - steady_clock::now())));
    const httplib::Result result = http.send(sent);
    if (result) {
      response.status = result->status;
      response.headers.assign(result->headers.begin(), result->headers.end());
      return {.response = std::move(response)};
    }
    error = is_too_large ? OutgoingError::too_large : error_of(result.error());
    // Another address of the same host may be reachable; nothing was sent to this one.
    if (error != OutgoingError::no_connection &&
        result.error() != httplib::Error::ConnectionTimeout) {
      break;
    }
  }
  return {.error = error};
}

}  // namespace hss::outgoing
