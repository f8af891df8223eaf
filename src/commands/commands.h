#pragma once

#include <string>

#include "config/config.h"

namespace hss::commands {

/// The commands of the executable, a file each. Each returns the exit code, and throws
/// std::exception with one sentence for the terminal.

/// Serves until SIGTERM or SIGINT.
int serve(const Config& config);
/// Serves a throw-away database with a season of sample bookings.
int demo(const Config& config);
/// Opens the start page for whoever has double-clicked the program; returns once that HSS ends, or
/// at once if one runs already.
int desktop(const Config& config);
/// The same with the defaults, where the settings could not be used; the page says why.
int desktop_with_problem(const std::string& why);
/// Answers AWS Lambda's requests until SIGTERM, as a custom runtime.
int lambda(const Config& config);
/// Reports to Lambda, if the program runs there, why lambda() could not start.
void report_lambda_rejection(const std::string& why);
/// Returns 0 if every point of the audit checklist passes on the server at `config.url`.
int check(const Config& config);
/// Returns 0 if the server at `config.url` says that it is healthy.
int check_health(const Config& config);
/// Returns 0 if the audit trail of `config.db` is complete and unchanged.
int verify_audit(const Config& config);
int back_up(const Config& config);
/// Replaces `config.db`, which no server has open, with a backup.
int restore(const Config& config);
/// Creates the tables on `config.server`, or brings them to this version.
int migrate(const Config& config);
/// Returns 0 if HSS can keep its data on `config.server`.
int check_database(const Config& config);
/// Moves all data between a file and a database server; or only lets `from` be used again.
int copy(const Config& config);
/// Prints how much this machine does in a second.
int bench(const Config& config);

/// Manage the accounts of `config.db`, also while a server runs there: changes take effect at once.
int add_user(const Config& config);
int list_users(const Config& config);
int set_user_password(const Config& config);
int enable_user(const Config& config, bool enabled);
int make_user_link(const Config& config);

/// Prints how far each target of `config.db` is with its events, and the dead-lettered ones.
int list_events(const Config& config);
/// Queues dead-lettered events again for the server that runs there.
int retry_events(const Config& config);

/// Makes or renews the certificate in `config.certificate.folder`, for this machine's names.
int renew_certificate(const Config& config);

/// Signs tokens with a new key; tokens of the earlier one stay valid until they expire.
int rotate_key(const Config& config);

}  // namespace hss::commands
