#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "bench/load.h"

namespace hss::bench {

/// What the requests of the bench are about on one database.
struct ServerData {
  std::vector<std::string> ids;
  std::vector<std::string> submitted;  ///< those whose status changes, and nothing else
  std::size_t changes = 0;             ///< of these, one after the other, since the beginning
};

/// Finds them by the API.
ServerData find_data(int port);

enum class BareSubject { none, inserts, selects };

struct ServerSubject {
  std::string name;
  BareSubject bare = BareSubject::none;  ///< what the server itself does for that
  /// The requests of one measurement of the instances at these ports.
  std::function<Next(const std::vector<int>& ports, ServerData&)> prepare;
};

std::vector<ServerSubject> server_subjects();

}  // namespace hss::bench
