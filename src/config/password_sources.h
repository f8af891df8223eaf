#pragma once

#include <memory>
#include <string>

#include "config/secret_service.h"
#include "storage/server_address.h"

namespace hss {

/// A password that lies where `reference` says, and is `password` now. It is looked up again when
/// the database rejects it, at most every ten seconds.
std::shared_ptr<storage::PasswordSource> follow_secret(std::shared_ptr<SecretService> service,
                                                       const std::string& reference,
                                                       const std::string& password);

/// Passwords that RDS makes by the rights of IAM, a new one for each connection to `server`.
std::shared_ptr<storage::PasswordSource> make_rds_tokens(std::shared_ptr<SecretService> service,
                                                         const storage::ServerAddress& server);

}  // namespace hss
