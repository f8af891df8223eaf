#pragma once

#include <httplib.h>

#include <chrono>
#include <string>

namespace hss::transport {

/// A client's connection: its socket, what has arrived and was not read yet, and one absolute
/// deadline for the request that is being served, so that a byte a second does not hold a worker
/// for ever. Owned by one thread at a time, but for stop_reading(). Closes the socket at its end.
class Connection final : public httplib::Stream {
 public:
  explicit Connection(socket_t socket);
  ~Connection() override;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& remote_address() const { return remote_address_; }

  /// Starts the clock of one request: reads and writes after it fail.
  void start_request(std::chrono::milliseconds time);
  /// True where a read would give something at once, the end of the stream included.
  bool has_input() const;
  /// Reads exactly `size` bytes; false where the client ends or the deadline passes before.
  bool read_exactly(std::string& into, std::size_t size);
  /// A line without its CR LF, of at most `longest` bytes; false as read_exactly().
  bool read_line(std::string& line, std::size_t longest);
  /// Says that no more is sent, and reads what the client still sends, within bounds, so that it
  /// gets to read an answer that came before it was done.
  void linger();
  /// From any thread: reads end from now on, while an answer may still be written.
  void stop_reading();
  /// Gives back the buffer's memory, for a connection that idles.
  void shrink();

  bool is_readable() const override { return has_input(); }
  bool wait_readable() const override;
  bool wait_writable() const override;
  ssize_t read(char* into, size_t size) override;
  ssize_t write(const char* from, size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  socket_t socket() const override { return socket_; }
  time_t duration() const override { return 0; }

 private:
  bool wait(short events) const;
  bool fill();
  bool is_buffered() const { return offset_ < buffer_.size(); }

  const socket_t socket_;
  std::string remote_address_;
  int remote_port_ = 0;
  std::chrono::steady_clock::time_point deadline_{};
  std::string buffer_;
  std::size_t offset_ = 0;
};

}  // namespace hss::transport
