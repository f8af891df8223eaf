#pragma once

#include <string>

namespace hss::bench {

/// A descriptor that is closed at the end of its scope.
class Descriptor {
 public:
  /// Throws std::runtime_error for a number below 0.
  explicit Descriptor(int number);
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&&) = delete;
  int number() const { return number_; }

 private:
  int number_;
};

/// Connects to 127.0.0.1. Throws std::runtime_error.
Descriptor connect_to(int port);

/// Sends a request of at most some thousand bytes. Throws std::runtime_error.
void send_all(int socket, const std::string& request);

/// Waits for bytes and appends them. Throws std::runtime_error if the other side has ended.
void receive(int socket, std::string& into);

}  // namespace hss::bench
