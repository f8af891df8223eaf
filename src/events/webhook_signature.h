#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace hss::events {

/// The value of the `webhook-signature` header (Standard Webhooks 1.0.0, symmetric): `v1,` and the
/// base64 of the HMAC-SHA-256 of `<id>.<timestamp>.<body>`. `secret`: its bytes; `timestamp`:
/// seconds since 1970.
std::string webhook_signature(std::string_view secret, std::string_view id, std::int64_t timestamp,
                              std::string_view body);

}  // namespace hss::events
