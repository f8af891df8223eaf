#pragma once

#include <SQLiteCpp/Exception.h>

#include <functional>
#include <string>

#include "domain/error.h"

namespace hss::storage {

/// Told what the database itself said, for the log. Called from any thread.
using Report = std::function<void(const std::string&)>;

/// The one place where SQLite's failures become HSS's: by code, never by text. `operation` says
/// what was being done, with the file where that helps ("open /srv/hss.db"); the library's words go
/// to `report` alone.
domain::Error translate(const SQLite::Exception& failure, const std::string& operation,
                        const Report& report);

}  // namespace hss::storage
