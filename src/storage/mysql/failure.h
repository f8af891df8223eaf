#pragma once

#include <string>

#include "storage/server/failure.h"

namespace hss::storage {

/// There is a table, a column, an index or a constraint of that name, or no more of one that goes.
class ExistsAlready : public ServerFailure {
 public:
  explicit ExistsAlready(const std::string& text) : ServerFailure(Kind::other, text) {}
};

/// Throws what a failure of a MariaDB or MySQL server is: ServerFailure, ExistsAlready,
/// ConnectionLost or ConstraintViolation. `number` and `sqlstate` are of the server or of its
/// client library, `text` is for the log.
[[noreturn]] void throw_mysql_failure(unsigned number, const std::string& sqlstate,
                                      const std::string& text);

/// True if the connection has ended with that failure.
bool ends_mysql_connection(unsigned number);

}  // namespace hss::storage
