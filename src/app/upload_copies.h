#pragma once

#include <string>

#include "uploads/file_copies.h"

namespace hss::app {

/// Gives the photos that a backup names a second name beside it. `uploads`: the folder that has
/// them; empty: there are none. Throws Error{unavailable}.
uploads::CopiedFiles back_up_uploads(const std::string& backup, const std::string& uploads);

/// Brings the photos of a backup back beside the database. If its earlier version was kept as
/// `aside`, the photos of that one are kept, too, under its name.
uploads::CopiedFiles restore_uploads(const std::string& backup, const std::string& database,
                                     const std::string& uploads, const std::string& aside);

}  // namespace hss::app
