#pragma once

#include <cstddef>
#include <string>

#include "api/http/request.h"
#include "domain/error.h"
#include "transport/http/connection.h"

namespace hss::transport {

/// How a request's body is told from what follows it (RFC 9112, section 6).
struct Framing {
  std::size_t length = 0;
  bool chunked = false;

  bool has_body() const { return chunked || length > 0; }
};

/// Throws Error{validation_error} for a length that is no number or there twice, for a length
/// beside a transfer coding, and for any transfer coding but exactly `chunked`.
Framing framing_of(const api::Request& request);

/// The body, read from the connection. Throws Error{payload_too_large} as soon as it is known to be
/// larger than `largest`, and Error{validation_error} for broken chunks and a client that ends, or
/// is too slow, before its body does. After an error the connection is unfit for another request.
std::string read_body(Connection& connection, const Framing& framing, std::size_t max_size);

}  // namespace hss::transport
