#pragma once

#include <stdexcept>
#include <string>

#include "domain/error.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// Thrown where somebody would change data that `hss copy` has moved away: two places that both go
/// on could never be joined again. what() is the place where they are now, for the log.
class DataMoved : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The place where the data are now; empty if they are here.
std::string moved_to(Connection& connection);

/// Throws DataMoved.
void require_not_moved(Connection& connection);

/// Says so to the person at the terminal, who asks for the data that were here.
domain::Error moved_away(const std::string& place);

/// Says so to a client, who need not know the place.
domain::Error moved_away();

}  // namespace hss::storage
