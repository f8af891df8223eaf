#include <cerrno>
#include <memory>
#include <string>
#include <system_error>

#include "fuzz/targets.h"
#include "transport/http/server_fixture.h"

namespace hss::fuzz {
namespace {

struct Socket {
  ~Socket() { ::close(number); }
  const int number = ::socket(AF_INET, SOCK_STREAM, 0);
};

constexpr int give_up_ms = 20'000;

/// True if the socket was ready in time. The fuzzer's own alarm interrupts waiting calls.
bool wait_for(int socket, short events) {
  pollfd entry{.fd = socket, .events = events, .revents = 0};
  return TEMP_FAILURE_RETRY(::poll(&entry, 1, give_up_ms)) > 0;
}

/// Like connect(2), but goes on if it is interrupted; sets errno on failure.
bool connect(int socket, const sockaddr_in& address) {
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    return true;
  }
  if (errno != EINTR || !wait_for(socket, POLLOUT)) return false;
  socklen_t size = sizeof errno;
  ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &errno, &size);
  return errno == 0;
}

/// The server's answers to these bytes, until it closes the connection.
std::string answers_to(test::Server& server, const std::string& bytes) {
  const Socket own;
  const int socket = own.number;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(server.port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const bool is_connected = connect(socket, address);
  require(is_connected, "the server cannot be reached: " + std::generic_category().message(errno));
  for (std::size_t sent = 0; sent < bytes.size();) {
    const auto part =
        TEMP_FAILURE_RETRY(::send(socket, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL));
    if (part <= 0) break;
    sent += static_cast<std::size_t>(part);
  }
  ::shutdown(socket, SHUT_WR);
  std::string received;
  for (;;) {
    char buffer[16 * 1024];
    require(wait_for(socket, POLLIN), "the server does not end the connection");
    const auto size = TEMP_FAILURE_RETRY(::recv(socket, buffer, sizeof buffer, 0));
    if (size <= 0) return received;
    received.append(buffer, static_cast<std::size_t>(size));
  }
}

/// The value of a header in a head; empty if there is none.
std::string header(std::string_view head, const std::string& name) {
  const auto at = head.find("\r\n" + name + ": ");
  if (at == head.npos) return {};
  const auto from = at + name.size() + 4;
  return std::string(head.substr(from, head.find("\r\n", from) - from));
}

/// The length of the first answer; all of the text if it goes on to the end.
std::size_t check_answer(std::string_view text, bool may_be_head) {
  const auto end = text.find("\r\n\r\n");
  require(text.starts_with("HTTP/1.1 ") && end != text.npos, "no HTTP: " + std::string(text));
  const std::string_view head = text.substr(0, end + 2);
  const int status = test::status_of(std::string(head));
  const std::string_view rest = text.substr(end + 4);
  require(status == 100 || (status >= 200 && status < 500), "not documented: " + std::string(text));
  if (status == 100 || status == 204 || status == 304) return end + 4;
  const std::string length_text = header(head, "Content-Length");
  if (length_text.empty()) {
    require(header(head, "Content-Type") == "text/event-stream", "no length: " + std::string(text));
    return text.size();
  }
  if (may_be_head && (rest.empty() || rest.starts_with("HTTP/1.1 "))) return end + 4;
  const std::size_t length = std::stoul(length_text);
  require(rest.size() >= length, "an answer is shorter than its length: " + std::string(text));
  require(status < 400 || test::is_in_shape(std::string(text.substr(0, end + 4 + length))),
          "an error in another shape: " + std::string(text));
  return end + 4 + length;
}

}  // namespace

void http(std::string_view input) {
  // Bookings that inputs leave behind change no answer's shape, but must not pile up.
  constexpr int max_inputs = 500;
  static std::unique_ptr<test::Server> server;
  static int inputs = 0;
  if (inputs++ % max_inputs == 0) {
    server = std::make_unique<test::Server>(
        transport::HttpOptions{.max_body = 4096, .connections = {.workers = 2, .cpu_permits = 2}});
  }
  const std::string text = answers_to(*server, std::string(input));
  const bool may_be_head = input.find("HEAD") != input.npos;
  for (std::string_view rest = text; !rest.empty();) {
    rest.remove_prefix(check_answer(rest, may_be_head));
  }
}

}  // namespace hss::fuzz
