#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <system_error>
#include <vector>

/// TCP as the systems have it, with one way to say what failed. No call waits but where it says so;
/// an error is POSIX's, in std::generic_category(), on each system. Sockets made here are not
/// inherited by other programs. Whoever has a handle owns it.
namespace hss::platform {

#ifdef _WIN32
using SocketHandle = std::uintptr_t;
#else
using SocketHandle = int;
#endif
inline constexpr SocketHandle no_socket = static_cast<SocketHandle>(-1);

/// What to wait for. The other side's end and failures count as input.
enum class Interest { input, output, input_and_output };

struct Opened {
  SocketHandle socket = no_socket;
  std::error_code error;  ///< why there is no socket
};

/// Listens at an address of this machine; `port` 0: any free one. Connections that are accepted
/// have a `send_buffer` of so many bytes in the system. No other program can listen there, too.
/// Waits for the look-up of a `host` that is a name.
Opened listen_at(const std::string& host, int port, int send_buffer);

/// Accepts a connection that has arrived at a listening socket; std::errc::operation_would_block
/// where none has.
Opened accept(SocketHandle listening);
/// True for an error of accept() that concerns the one connection that was to be accepted, and says
/// nothing of the next.
bool is_of_one_connection(const std::error_code& error);

struct Transfer {
  enum class State {
    moved,      ///< `size` bytes, at least one
    not_ready,  ///< nothing just now
    ended,      ///< the other side's end, or a failure
  };
  State state = State::ended;
  std::size_t size = 0;
};

/// For sockets that were accepted. A send to a connection that has ended raises no signal.
Transfer receive(SocketHandle socket, char* into, std::size_t size);
Transfer send(SocketHandle socket, const char* from, std::size_t size);

/// Waits until the socket is ready for it, or has ended. Returns false once the time is over.
bool wait_for(SocketHandle socket, Interest interest, std::chrono::milliseconds timeout);

enum class Direction { receive, send, both };
/// Ends one direction of a connection for all who use it, or both.
void shut_down(SocketHandle socket, Direction direction);
void close(SocketHandle socket);
/// Returns another handle of the same connection, to be closed by itself.
SocketHandle duplicate(SocketHandle socket);

/// Sends small pieces at once.
void set_no_delay(SocketHandle socket);
void set_send_buffer(SocketHandle socket, int bytes);
/// Ends a connection whose other side acknowledges nothing for so long.
void set_acknowledgement_timeout(SocketHandle socket, std::chrono::milliseconds timeout);

/// The address of the other side; empty where there is none.
std::string peer_address(SocketHandle socket);
int local_port(SocketHandle socket);

/// The addresses of a host as text, best first; empty if there are none. Asks the hosts file and
/// DNS, and may wait for long.
std::vector<std::string> look_up(const std::string& host);

}  // namespace hss::platform
