#pragma once

#include <SQLiteCpp/Exception.h>

#include <string>

#include "domain/error.h"
#include "storage/store.h"

namespace hss::storage {

/// The one place that translates SQLite's failures to HSS's: by code, never by text. `operation`
/// describes the operation, with the file if that helps ("open /srv/hss.db"); SQLite's message goes
/// to `report` alone.
domain::Error translate(const SQLite::Exception& failure, const std::string& operation,
                        const Report& report);

/// The content of the database file is damaged: only a restore helps.
class Damaged : public domain::Error {
 public:
  Damaged();
};

/// True if the failure says that the file is damaged.
bool is_damage(const SQLite::Exception& failure);

}  // namespace hss::storage
