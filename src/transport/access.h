#pragma once

#include <chrono>
#include <string>

namespace hss::transport {

/// What the log line of one request says. Never the query, which may hold a name or an address.
struct Access {
  std::string method;
  std::string path;
  int status = 0;
  std::chrono::microseconds time{};
  std::string request_id;
  std::string remote_address;
};

}  // namespace hss::transport
