#pragma once

#include "storage/connection.h"

namespace hss::storage {

/// Puts the bookings made since it was last called into the search index and into the figures by
/// week, item and duration, inside the open transaction. Called once a commit, so that what it
/// costs is shared by the commit's bookings.
void take_in_new_bookings(Connection& connection);

}  // namespace hss::storage
