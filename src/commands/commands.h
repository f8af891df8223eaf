#pragma once

#include "config.h"

namespace hss::commands {

/// What the executable can do, a file each. Each gives the exit code, and throws std::exception
/// with one sentence for the terminal.

/// Serves until SIGTERM or SIGINT.
int serve(const Config& config);
/// Serves a throw-away database that is filled with a season of bookings.
int demo(const Config& config);
/// 0 where every point of the audit checklist holds on the server at `config.url`.
int check(const Config& config);
/// 0 where the audit trail of `config.db` is whole.
int verify_audit(const Config& config);
int back_up(const Config& config);

}  // namespace hss::commands
