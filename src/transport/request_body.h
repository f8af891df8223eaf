#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "api/request.h"
#include "domain/error.h"
#include "transport/connection.h"

namespace hss::transport {

/// How a request's body is told from what follows it (RFC 9112, section 6).
struct Framing {
  std::size_t length = 0;
  bool chunked = false;

  bool has_body() const { return chunked || length > 0; }
};

/// Throws Error{validation_error} for lengths that are no number or differ, for a length beside a
/// transfer coding, and for any transfer coding but exactly `chunked`.
Framing framing_of(const api::Request& request);

/// The body, read from the connection. Throws Error{payload_too_large} as soon as it is known to be
/// larger than `largest`, and Error{validation_error} for broken chunks; empty where the client
/// ended or was too slow, so that there is nobody to answer. Whatever comes out but a body leaves
/// the connection unfit for another request.
std::optional<std::string> read_body(Connection& connection, const Framing& framing,
                                     std::size_t largest);

}  // namespace hss::transport
