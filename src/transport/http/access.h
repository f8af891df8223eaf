#pragma once

#include <chrono>
#include <string>
#include <string_view>

namespace hss::transport {

/// The log line of one request. It never has the query, which may contain a name or an address.
struct Access {
  std::string method;
  std::string path;
  std::string_view route;  ///< the pattern that it matched; empty where there was none
  int status = 0;
  std::chrono::microseconds time{};
  std::string request_id;
  std::string remote_address;
};

}  // namespace hss::transport
