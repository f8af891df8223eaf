#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "aws/credentials.h"
#include "domain/clock.h"

namespace hss::aws {

/// AWS Signature Version 4.

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// A request to be signed. Every header that is given is signed; `Host` must be among them. What
/// changes on the way, `Content-Length` for one, is left out.
struct Signable {
  std::string method = "GET";
  std::string path = "/";  ///< as it goes over the wire; for S3 not encoded
  Pairs query;             ///< not encoded
  Pairs headers;
  std::string body;
};

/// For whom a signature holds: `us-east-1`, `sns`.
struct SigningScope {
  std::string region;
  std::string service;
};

/// The headers to add: X-Amz-Date, Authorization, and X-Amz-Security-Token with temporary
/// credentials. An X-Amz-Content-SHA256 that is given stands for the body, as S3 wants it.
Pairs sign(const Signable& request, const Credentials& credentials, const SigningScope& scope,
           domain::Instant now);

/// Path and query, signed: whoever has it may make the request for `lasts`. For S3 with any body.
std::string presign(const Signable& request, const Credentials& credentials,
                    const SigningScope& scope, domain::Instant now, std::chrono::seconds lasts);

/// RFC 3986: everything but letters, digits and `-._~` becomes %XX.
std::string uri_encode(std::string_view text);

/// `name=value` with `&` between, encoded, in the order given.
std::string form_encode(const Pairs& pairs);

}  // namespace hss::aws
