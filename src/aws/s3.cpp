#include "aws/s3.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "aws/endpoint.h"
#include "aws/error_code.h"
#include "aws/xml.h"
#include "domain/error.h"
#include "outgoing/http_date.h"

namespace hss::aws {
namespace {

/// An address to send a photo to lasts five minutes, by the clock of the service.
constexpr std::chrono::minutes max_skew{2};
/// Of an error's answer.
constexpr std::size_t max_error = 16 * 1024;

constexpr std::array<std::string_view, 5> s3_credential_errors{
    "ExpiredToken", "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken",
    "TokenRefreshRequired"};

[[noreturn]] void unavailable(const std::string& sentence) {
  throw domain::Error(domain::ErrorCode::unavailable, sentence);
}

/// As AWS has it for new buckets: nothing else may stand in a host's name or a path.
bool is_bucket_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return name.size() >= 3 && name.size() <= 63 && std::all_of(name.begin(), name.end(), fits) &&
         name.front() != '-' && name.front() != '.' && name.back() != '-' && name.back() != '.' &&
         name.find("..") == name.npos;
}

std::string encode_path(std::string_view path) {
  std::string encoded;
  for (const char c : path) encoded += c == '/' ? "/" : uri_encode(std::string_view(&c, 1));
  return encoded;
}

}  // namespace

S3Options s3_options(const std::string& bucket, const Variables& variables) {
  if (!is_bucket_name(bucket)) {
    unavailable("S3_BUCKET is no name of a bucket: " + bucket);
  }
  const std::string region = find_region(variables);
  if (region.empty()) unavailable("AWS_REGION is not set, and must name the region of the bucket");
  const bool is_elsewhere =
      !variables("AWS_ENDPOINT_URL").empty() || !variables("AWS_ENDPOINT_URL_S3").empty();
  // A certificate of *.s3.eu-west-1.amazonaws.com is for no name with another dot.
  return {.bucket = bucket,
          .region = region,
          .endpoint = service_endpoint("s3", "S3", region, variables),
          .has_path_style = is_elsewhere || bucket.find('.') != bucket.npos};
}

S3::S3(S3Options options, Variables variables, domain::Clock now)
    : options_(std::move(options)),
      now_(std::move(now)),
      credentials_(std::move(variables), now_) {}

std::string S3::host() const {
  const std::string authority = options_.endpoint.authority();
  return options_.has_path_style ? authority : options_.bucket + "." + authority;
}

std::string S3::origin() const {
  return (options_.endpoint.is_https ? "https://" : "http://") + host();
}

std::string S3::path_of(const std::string& key) const {
  std::string path = options_.endpoint.target;
  while (path.ends_with('/')) path.pop_back();
  if (options_.has_path_style) path += "/" + options_.bucket;
  return key.empty() && !path.empty() ? path : path + "/" + key;
}

SignedUrl S3::presign_put(const std::string& key, const Pairs& headers, domain::Instant now,
                          std::chrono::seconds lasts) {
  Signable request{
      .method = "PUT", .path = path_of(key), .headers = {{"Host", host()}}, .body = ""};
  request.headers.insert(request.headers.end(), headers.begin(), headers.end());
  return presigned(request, now, lasts);
}

SignedUrl S3::presign_get(const std::string& key, const Pairs& query, domain::Instant since,
                          std::chrono::seconds lasts) {
  return presigned({.method = "GET",
                    .path = path_of(key),
                    .query = query,
                    .headers = {{"Host", host()}},
                    .body = ""},
                   since, lasts);
}

SignedUrl S3::presigned(const Signable& request, domain::Instant since,
                        std::chrono::seconds lasts) {
  const Credentials credentials = credentials_.get();
  domain::Instant expires_at = since + lasts;
  if (credentials.expires_at) expires_at = std::min(expires_at, *credentials.expires_at);
  return {.url = origin() + presign(request, credentials,
                                    {.region = options_.region, .service = "s3"}, since, lasts),
          .expires_at = expires_at};
}

std::optional<std::string> S3::get(const std::string& key, std::size_t max_bytes) {
  const outgoing::OutgoingResult result = call("GET", key, std::max(max_bytes, max_error));
  if (!result.response) return std::string(max_bytes + 1, '\0');
  if (result.response->status == 404) return std::nullopt;
  if (result.response->status != 200) fail("GET", *result.response);
  return result.response->body.substr(0, max_bytes + 1);
}

void S3::remove(const std::string& key) {
  const outgoing::OutgoingResult result = call("DELETE", key, max_error);
  if (!result.response) unavailable(result.sentence);
  const int status = result.response->status;
  if (status != 200 && status != 204 && status != 404) fail("DELETE", *result.response);
}

std::optional<std::string> S3::find_problem() {
  const std::string bucket = "the bucket " + options_.bucket;
  try {
    const outgoing::OutgoingResult result = call("HEAD", "", max_error);
    if (!result.response) return result.sentence;
    const outgoing::OutgoingResponse& response = *result.response;
    const auto date = outgoing::find_http_date(response.header("Date"));
    if (date &&
        std::chrono::abs(std::chrono::system_clock::from_time_t(*date) - now_()) > max_skew) {
      return "this machine's clock differs from that of " + host() +
             " by more than two minutes, so that what it signs may be rejected";
    }
    const std::string region = response.header("x-amz-bucket-region");
    if (!region.empty() && region != options_.region) {
      return bucket + " is in " + region + ", and AWS_REGION says " + options_.region;
    }
    switch (response.status) {
      case 200:
        return std::nullopt;
      case 404:
        return "there is no bucket " + options_.bucket;
      case 403:
        return "S3 answered 403 for " + bucket +
               "; these credentials need the right s3:ListBucket on it, and s3:GetObject, "
               "s3:PutObject and s3:DeleteObject on what is in it";
      default:
        return "S3 answered " + std::to_string(response.status) + " for " + bucket;
    }
  } catch (const domain::Error& error) {
    return error.what();
  }
}

outgoing::OutgoingResult S3::call(const std::string& method, const std::string& key,
                                  std::size_t max_answer) {
  const Signable request{
      .method = method,
      .path = path_of(key),
      .headers = {{"Host", host()}, {"X-Amz-Content-SHA256", "UNSIGNED-PAYLOAD"}},
      .body = ""};
  const Pairs added =
      sign(request, credentials_.get(), {.region = options_.region, .service = "s3"}, now_());
  outgoing::OutgoingRequest outgoing{.method = method, .target = encode_path(request.path)};
  outgoing.headers.emplace_back(request.headers[1]);
  outgoing.headers.insert(outgoing.headers.end(), added.begin(), added.end());
  outgoing::Url url = options_.endpoint;
  if (!options_.has_path_style) url.host = options_.bucket + "." + url.host;
  outgoing::ClientOptions client = options_.client;
  client.max_answer = max_answer;
  outgoing::OutgoingResult result = outgoing::Client(url, client).send(outgoing);
  if (!result.response && result.error != outgoing::OutgoingError::too_large) {
    unavailable(result.sentence);
  }
  return result;
}

void S3::fail(const std::string& method, const outgoing::OutgoingResponse& response) {
  std::string code = text_of(response.body, "Code").substr(0, 80);
  std::erase_if(code, [](char c) { return c < '0' || c > 'z'; });
  if (is_any_of(code, s3_credential_errors)) credentials_.forget();
  unavailable("S3 answered " + std::to_string(response.status) + (code.empty() ? "" : " " + code) +
              " to " + method + " in the bucket " + options_.bucket);
}

}  // namespace hss::aws
