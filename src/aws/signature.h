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

/// A request to be signed. Every header given here is signed; `Host` must be among them. Leave out
/// headers that change on the way, such as `Content-Length`.
struct Signable {
  std::string method = "GET";
  std::string path = "/";  ///< as it goes over the wire; for S3 not encoded
  Pairs query;             ///< not encoded
  Pairs headers;
  std::string body;
};

/// The scope of a signature: `us-east-1`, `sns`.
struct SigningScope {
  std::string region;
  std::string service;
};

/// The headers to add: X-Amz-Date, Authorization, and X-Amz-Security-Token with temporary
/// credentials. A given X-Amz-Content-SHA256 replaces the hash of the body, as S3 requires.
Pairs sign(const Signable& request, const Credentials& credentials, const SigningScope& scope,
           domain::Instant now);

/// A signed path and query: anyone who has it may make the request for `lasts`. For S3 with any
/// body.
std::string presign(const Signable& request, const Credentials& credentials,
                    const SigningScope& scope, domain::Instant now, std::chrono::seconds lasts);

/// Encodes by RFC 3986: everything but letters, digits and `-._~` becomes %XX.
std::string uri_encode(std::string_view text);

/// Joins encoded `name=value` pairs with `&`, in the order given.
std::string form_encode(const Pairs& pairs);

}  // namespace hss::aws
