#pragma once

// The system's own headers for sockets, and what only the files of this folder call.
#ifdef _WIN32
#ifndef NOMINMAX
#define NOMINMAX
#endif
#include <winsock2.h>
#include <ws2tcpip.h>
#else
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#endif

#include <string>
#include <system_error>

#include "platform/socket.h"

namespace hss::platform {

/// Why the last call of this thread failed.
std::error_code last_error();

/// Returns no_socket and leaves the reason in last_error(), as the system's calls do. The socket
/// never waits.
SocketHandle open_socket(int family, int type, int protocol);

/// Lets no other program have the port, and lets a new process have one that has just ended.
void claim_port(SocketHandle socket);

/// The IP address in it, as text; empty where it has none.
std::string text_of(const sockaddr& address);

inline void set_option(SocketHandle socket, int level, int name, int value) {
  // Windows takes a pointer to char.
  ::setsockopt(socket, level, name, reinterpret_cast<const char*>(&value), sizeof value);
}

/// The events that poll() knows.
inline short poll_events(Interest interest) {
  const int input = interest != Interest::output ? POLLIN : 0;
  const int output = interest != Interest::input ? POLLOUT : 0;
  return static_cast<short>(input | output);
}

}  // namespace hss::platform
