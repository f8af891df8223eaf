#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "aws/credentials.h"
#include "aws/signature.h"
#include "domain/clock.h"
#include "outgoing/client.h"
#include "outgoing/url.h"

namespace hss::aws {

struct S3Options {
  std::string bucket;
  std::string region;
  outgoing::Url endpoint;  ///< of the service, without the bucket
  /// The bucket is the first part of the path, and not of the host's name.
  bool has_path_style = false;
  outgoing::ClientOptions client;
};

/// A signed URL.
struct SignedUrl {
  std::string url;
  domain::Instant expires_at;  ///< no later than the credentials that signed it
};

/// The options for a bucket, with what AWS_REGION, AWS_ENDPOINT_URL_S3 and AWS_ENDPOINT_URL say.
/// Throws domain::Error{unavailable} with a sentence if that does not do.
S3Options s3_options(const std::string& bucket, const Variables& variables);

/// The objects of one bucket of Amazon S3, or of a service that speaks as S3 does. Throws
/// domain::Error{unavailable} with a sentence for the operator, which names the service's code.
/// Thread-safe.
class S3 {
 public:
  S3(S3Options options, Variables variables, domain::Clock now);

  /// `https://bucket.s3.eu-west-1.amazonaws.com`: what a browser calls the place of the objects.
  std::string origin() const;

  /// A URL to PUT an object with exactly these headers, `Content-Length` among them.
  SignedUrl presign_put(const std::string& key, const Pairs& headers, domain::Instant now,
                        std::chrono::seconds lasts);
  /// A URL to GET an object, which the service answers with what `query` says.
  SignedUrl presign_get(const std::string& key, const Pairs& query, domain::Instant since,
                        std::chrono::seconds lasts);

  /// The object, of which no more than `max_bytes` and one more byte are read; empty if there is
  /// none.
  std::optional<std::string> get(const std::string& key, std::size_t max_bytes);
  /// It need not be there.
  void remove(const std::string& key);

  /// A sentence about what keeps the bucket from being used: its name, its region, the rights, this
  /// machine's clock. Empty if nothing does. Returns in some seconds.
  std::optional<std::string> find_problem();

 private:
  std::string host() const;
  std::string path_of(const std::string& key) const;
  SignedUrl presigned(const Signable& request, domain::Instant since, std::chrono::seconds lasts);
  /// The answer, whatever its status. Throws Error{unavailable} if there is none.
  outgoing::OutgoingResult call(const std::string& method, const std::string& key,
                                std::size_t max_answer);
  [[noreturn]] void fail(const std::string& method, const outgoing::OutgoingResponse& response);

  const S3Options options_;
  const domain::Clock now_;
  CredentialChain credentials_;
};

}  // namespace hss::aws
