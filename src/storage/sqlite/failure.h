#pragma once

#include <SQLiteCpp/Exception.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "domain/error.h"

namespace hss::storage {

/// Receives the database's own message, for the log. Called from any thread.
using Report = std::function<void(const std::string&)>;

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

/// Throws for a value that HSS never stores, so that only damage can have made it: the same
/// exception that SQLite throws for the damage it finds itself.
[[noreturn]] void throw_damage(const char* what);

/// Returns the stored value, or throws damage if there is none; `what` names it.
template <class Value>
Value require_known(std::optional<Value> value, const char* what) {
  if (!value) throw_damage(what);
  return *std::move(value);
}

}  // namespace hss::storage
