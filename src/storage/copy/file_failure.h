#pragma once

#include <functional>
#include <string>

#include "storage/sqlite/failure.h"

namespace hss::storage {

/// Runs `work`, and throws what SQLite throws as domain::Error that names the file at `path`.
void translate_file_failures(const std::string& path, const Report& report,
                             const std::function<void()>& work);

}  // namespace hss::storage
