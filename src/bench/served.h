#pragma once

#include <memory>
#include <string>

#include "bench/child.h"
#include "bench/load.h"

namespace hss::bench {

/// The executable under test as its user starts it, and requests for it.

/// Serves `folder`/`name`.db in demo mode; writes its log next to it.
std::unique_ptr<Child> serve_file(const std::string& folder, const std::string& name);

/// Serves a new file of `folder` in accounts mode, with the account of login_body().
std::unique_ptr<Child> serve_accounts(const std::string& folder);

/// A booking of three items.
std::string booking_body();
std::string login_body();

extern const std::string as_staff, as_admin;  ///< header lines

/// The same request each time.
Next always(const std::string& bytes, int expected_status = 200);
/// A client that polls for data that has not changed.
Next unchanged(int port, const std::string& target);
/// Moves a booking to another status, as staff.
Request change_status(const std::string& id, const std::string& status);

}  // namespace hss::bench
