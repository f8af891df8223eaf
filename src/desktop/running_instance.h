#pragma once

#include <optional>
#include <string>

#include "desktop/instance_file.h"

namespace hss::desktop {

/// Returns the link that opens the start page of an instance, once it has shown that it knows the
/// secret of the file. Empty if nothing answers there within seconds, or another program does: that
/// one learns no secret.
std::optional<std::string> request_start_link(const Instance& instance);

/// The link that opens the start page with a code.
std::string start_link(int port, const std::string& code);

/// What an instance that knows the secret answers to a nonce.
std::string proof_of(const std::string& secret, std::string_view nonce);

}  // namespace hss::desktop
