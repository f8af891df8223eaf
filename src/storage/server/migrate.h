#pragma once

#include <functional>
#include <span>
#include <string>

#include "storage/server/connection.h"
#include "storage/server/rights.h"

namespace hss::storage {

/// The SQL of an engine's tables.
struct ServerSchema {
  std::span<const char* const> steps;  ///< the first makes version 1, each other one the next
  const char* rights;                  ///< of the program's user, who is `:"user"` in it
  char quote;                          ///< stands around that user's name
  const char* find_head;               ///< a query that has a row if there is a table `head`
  IsGranted is_granted;

  int version() const { return static_cast<int>(steps.size()); }
  /// The SQL that leads to a version, and says so in the tables.
  std::string step_to(std::int64_t version) const;
  std::string rights_of(const std::string& user) const;
  /// All of that, for an empty database.
  std::string text_for(const std::string& user) const;
};

/// Brings the tables to the schema's version, in one transaction; `connection` is of the user who
/// owns them. `lock` lets one migration at a time go on. Calls `say` with a sentence for each thing
/// done. Throws ServerFailure{newer_schema}.
void migrate(ServerConnection& connection, const ServerSchema& schema, const char* lock,
             const std::function<void(const std::string&)>& say);

/// The version of the tables; 0 if there are none. Throws ServerFailure{newer_schema}.
std::int64_t version_to_migrate(ServerConnection& connection, const ServerSchema& schema);

/// What a migration from that version has done.
std::string migrated_text(std::int64_t before, const ServerSchema& schema);

/// Both throw ServerFailure{wrong_schema}, or {newer_schema}, for tables of another version.
void require_version(ServerConnection& connection, const ServerSchema& schema);
void require_version(std::int64_t found, std::int64_t known);

}  // namespace hss::storage
