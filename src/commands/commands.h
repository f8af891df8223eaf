#pragma once

#include <string>

#include "config/config.h"

namespace hss::commands {

/// What the executable can do, a file each. Each gives the exit code, and throws std::exception
/// with one sentence for the terminal.

/// Serves until SIGTERM or SIGINT.
int serve(const Config& config);
/// Serves a throw-away database that is filled with a season of bookings.
int demo(const Config& config);
/// Answers AWS Lambda's requests until SIGTERM, as a custom runtime.
int lambda(const Config& config);
/// Tells Lambda, where the program runs there, why lambda() was not even begun.
void report_lambda_rejection(const std::string& why);
/// 0 where every point of the audit checklist holds on the server at `config.url`.
int check(const Config& config);
/// 0 where the audit trail of `config.db` is whole.
int verify_audit(const Config& config);
int back_up(const Config& config);
/// Puts a backup in the place of `config.db`, which no server runs on.
int restore(const Config& config);
/// Prints what this machine does in a second.
int bench(const Config& config);

/// Who can sign in at `config.db`, also while a server runs there: it takes effect at once.
int add_user(const Config& config);
int list_users(const Config& config);
int set_user_password(const Config& config);
int enable_user(const Config& config, bool enabled);
int make_user_link(const Config& config);

/// Who has heard how many of the events at `config.db`, and what was set aside.
int list_events(const Config& config);
/// What was set aside is told again, by the server that runs there.
int retry_events(const Config& config);

/// Signs tokens with a new key; those that the earlier one signed hold until they end.
int rotate_key(const Config& config);

}  // namespace hss::commands
