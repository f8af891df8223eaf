#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "api/route.h"

namespace hss::api {

/// Finds the route of a request. Thread-safe.
class RouteTable {
 public:
  /// `routes` outlives the table. A path without parameters stands before those that would match
  /// it.
  explicit RouteTable(const std::vector<Route>& routes);

  struct Match {
    const Route* route = nullptr;
    Fields parameters;
    std::string allowed;  ///< the path's methods, if none of its routes has the request's
  };

  /// Treats HEAD as GET. References among the parameters are in the form in which they are issued.
  Match find(const Request& request) const;

 private:
  struct Entry {
    const Route* route;
    std::vector<std::string_view> segments;  ///< of the route's pattern
    bool is_literal = false;                 ///< it has no parameters
  };

  std::vector<Entry> entries_;
};

}  // namespace hss::api
