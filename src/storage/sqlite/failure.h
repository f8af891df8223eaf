#pragma once

#include <SQLiteCpp/Exception.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "domain/error.h"

namespace hss::storage {

/// Told what the database itself said, for the log. Called from any thread.
using Report = std::function<void(const std::string&)>;

/// The one place where SQLite's failures become HSS's: by code, never by text. `operation` says
/// what was being done, with the file where that helps ("open /srv/hss.db"); the library's words go
/// to `report` alone.
domain::Error translate(const SQLite::Exception& failure, const std::string& operation,
                        const Report& report);

/// The database file itself is not what it was written as: nothing but a restore helps.
class Damaged : public domain::Error {
 public:
  Damaged();
};

/// True if the failure says that the file is damaged.
bool is_damage(const SQLite::Exception& failure);

/// For a value that HSS never stores, so that only damage can have made it: the same exception that
/// SQLite throws where it notices damage by itself.
[[noreturn]] void throw_damage(const char* what);

/// The value that was stored; `what` names it.
template <class Value>
Value require_known(std::optional<Value> value, const char* what) {
  if (!value) throw_damage(what);
  return *std::move(value);
}

}  // namespace hss::storage
