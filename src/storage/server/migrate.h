#pragma once

#include <functional>
#include <span>
#include <string>

#include "storage/server/connection.h"

namespace hss::storage {

/// The SQL of an engine's tables.
struct ServerSchema {
  std::span<const char* const> steps;  ///< the first makes version 1, each other one the next
  const char* rights;                  ///< of the program's user, who is `:"user"` in it
  const char* lock;                    ///< lets one migration at a time go on

  int version() const { return static_cast<int>(steps.size()); }
  /// The SQL that leads to a version, and says so in the tables.
  std::string step_to(std::int64_t version) const;
  std::string rights_of(const std::string& user) const;
};

/// Brings the tables to the schema's version, in one transaction; `connection` is of the user who
/// owns them. Calls `say` with a sentence for each thing done. Throws ServerFailure{newer_schema}.
void migrate(ServerConnection& connection, const ServerSchema& schema,
             const std::function<void(const std::string&)>& say);

/// Both throw ServerFailure{wrong_schema}, or {newer_schema}, for tables of another version.
void require_version(ServerConnection& connection, const ServerSchema& schema);
void require_version(std::int64_t found, std::int64_t known);

}  // namespace hss::storage
