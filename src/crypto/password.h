#pragma once

#include <string>
#include <string_view>

namespace hss::crypto {

/// Passwords and PINs, kept as salted scrypt hashes (RFC 7914) with their cost beside them:
/// `$scrypt$ln=15,r=8,p=3$<salt>$<hash>`, both in base64url. The cost is one that OWASP's password
/// storage cheat sheet names: 32 MiB, and some tenths of a second of one processor.
/// As many run at once as there are processors; the others wait, so that a flood of tries costs
/// time and not the machine's memory. Thread-safe.

/// Throws std::runtime_error if the system has no randomness or memory left.
std::string hash_password(std::string_view password);

enum class PasswordCheck { wrong, right, right_but_outdated };

/// `right_but_outdated`: hashed at another cost than today's, so hash it again. Takes the same time
/// for an empty or broken `hash`, which no password fits.
PasswordCheck check_password(std::string_view password, std::string_view hash);

}  // namespace hss::crypto
