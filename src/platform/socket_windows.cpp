#include <algorithm>
#include <array>
#include <chrono>
#include <climits>
#include <thread>
#include <utility>

#include "platform/system_sockets.h"

namespace hss::platform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Windows' sockets want to be started. Whatever program has this file in it has them from the
/// start.
class Startup {
 public:
  Startup() {
    WSADATA data{};
    ::WSAStartup(MAKEWORD(2, 2), &data);
  }
  ~Startup() { ::WSACleanup(); }
  Startup(const Startup&) = delete;
  Startup& operator=(const Startup&) = delete;
};
const Startup startup;

/// TCP_MAXRT, which MinGW's headers lack.
constexpr int tcp_max_retransmission = 5;

constexpr std::array<std::pair<int, std::errc>, 26> posix_errors{{
    {WSAEWOULDBLOCK, std::errc::operation_would_block},
    {WSAEINTR, std::errc::interrupted},
    {WSAEACCES, std::errc::permission_denied},
    {WSAEMFILE, std::errc::too_many_files_open},
    {WSAENOBUFS, std::errc::no_buffer_space},
    {WSA_NOT_ENOUGH_MEMORY, std::errc::not_enough_memory},
    {WSAEINVAL, std::errc::invalid_argument},
    {WSAEFAULT, std::errc::bad_address},
    {WSAEBADF, std::errc::bad_file_descriptor},
    {WSAENOTSOCK, std::errc::not_a_socket},
    {WSAEADDRINUSE, std::errc::address_in_use},
    {WSAEADDRNOTAVAIL, std::errc::address_not_available},
    {WSAEAFNOSUPPORT, std::errc::address_family_not_supported},
    {WSAEPROTONOSUPPORT, std::errc::protocol_not_supported},
    {WSAEPROTOTYPE, std::errc::wrong_protocol_type},
    {WSAEOPNOTSUPP, std::errc::operation_not_supported},
    {WSAENETDOWN, std::errc::network_down},
    {WSAENETUNREACH, std::errc::network_unreachable},
    {WSAENETRESET, std::errc::network_reset},
    {WSAEHOSTUNREACH, std::errc::host_unreachable},
    {WSAECONNABORTED, std::errc::connection_aborted},
    {WSAECONNRESET, std::errc::connection_reset},
    {WSAECONNREFUSED, std::errc::connection_refused},
    {WSAENOTCONN, std::errc::not_connected},
    {WSAEISCONN, std::errc::already_connected},
    {WSAETIMEDOUT, std::errc::timed_out},
}};

SocketHandle prepared(SocketHandle socket) {
  if (socket == no_socket) return socket;
  u_long yes = 1;
  ::ioctlsocket(socket, static_cast<long>(FIONBIO), &yes);
  ::SetHandleInformation(reinterpret_cast<HANDLE>(socket), HANDLE_FLAG_INHERIT, 0);
  return socket;
}

int int_of(std::size_t size) {
  return static_cast<int>(std::min<std::size_t>(size, INT_MAX));
}

Transfer result_of(int size) {
  using State = Transfer::State;
  if (size > 0) return {.state = State::moved, .size = static_cast<std::size_t>(size)};
  const bool is_deferred = size < 0 && ::WSAGetLastError() == WSAEWOULDBLOCK;
  return {.state = is_deferred ? State::not_ready : State::ended};
}

}  // namespace

std::error_code last_error() {
  const int error = ::WSAGetLastError();
  const auto* const found = std::find_if(posix_errors.begin(), posix_errors.end(),
                                         [&](const auto& entry) { return entry.first == error; });
  return make_error_code(found == posix_errors.end() ? std::errc::io_error : found->second);
}

SocketHandle open_socket(int family, int type, int protocol) {
  return prepared(::socket(family, type, protocol));
}

void claim_port(SocketHandle socket) {
  // SO_REUSEADDR would let a second server take the port from the first.
  set_option(socket, SOL_SOCKET, SO_EXCLUSIVEADDRUSE, 1);
}

Opened accept(SocketHandle listening) {
  const SocketHandle socket = prepared(::accept(listening, nullptr, nullptr));
  if (socket == no_socket) return {.error = last_error()};
  return {.socket = socket, .error = {}};
}

bool is_of_one_connection(const std::error_code& error) {
  constexpr std::array passing{std::errc::interrupted,        std::errc::operation_would_block,
                               std::errc::connection_aborted, std::errc::connection_reset,
                               std::errc::protocol_error,     std::errc::operation_not_permitted,
                               std::errc::network_down,       std::errc::operation_not_supported,
                               std::errc::host_unreachable,   std::errc::network_unreachable,
                               std::errc::timed_out};
  return std::any_of(passing.begin(), passing.end(), [&](std::errc one) { return error == one; });
}

Transfer receive(SocketHandle socket, char* into, std::size_t size) {
  return result_of(::recv(socket, into, int_of(size), 0));
}

Transfer send(SocketHandle socket, const char* from, std::size_t size) {
  return result_of(::send(socket, from, int_of(size), 0));
}

bool wait_for(SocketHandle socket, Interest interest, milliseconds timeout) {
  const auto end = steady_clock::now() + timeout;
  WSAPOLLFD entry{.fd = socket, .events = poll_events(interest), .revents = 0};
  for (auto left = timeout; left.count() > 0;
       left = std::chrono::ceil<milliseconds>(end - steady_clock::now())) {
    if (::WSAPoll(&entry, 1, static_cast<int>(left.count())) <= 0) return false;
    // It reports the other side's end at once, also where that one still reads what is sent.
    if (interest != Interest::output || entry.revents != POLLHUP) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

void shut_down(SocketHandle socket, Direction direction) {
  const int one = direction == Direction::receive ? SD_RECEIVE : SD_SEND;
  ::shutdown(socket, direction == Direction::both ? SD_BOTH : one);
}

void close(SocketHandle socket) {
  ::closesocket(socket);
}

SocketHandle duplicate(SocketHandle socket) {
  WSAPROTOCOL_INFOW info{};
  if (::WSADuplicateSocketW(socket, ::GetCurrentProcessId(), &info) != 0) return no_socket;
  return ::WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &info, 0,
                      WSA_FLAG_OVERLAPPED | WSA_FLAG_NO_HANDLE_INHERIT);
}

void set_acknowledgement_timeout(SocketHandle socket, milliseconds timeout) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(timeout);
  set_option(socket, IPPROTO_TCP, tcp_max_retransmission, static_cast<int>(seconds.count()));
}

}  // namespace hss::platform
