// Signature Version 4 on AWS's own published vectors. Those named like `get-vanilla` are of AWS's
// signing test suite (github.com/awslabs/aws-c-auth, tests/aws-signing-test-suite/v4), the others
// of the documentation: "Create a signed AWS API request" (IAM's ListUsers) and "Authenticating
// Requests" of the S3 API reference (headers, and query parameters).
#include "aws/signature.h"

#include <catch2/catch_test_macros.hpp>

#include "crypto/digest.h"

using namespace hss;
using namespace hss::aws;
using namespace std::chrono_literals;

namespace {

const Credentials suite_credentials{
    .access_key_id = "AKIDEXAMPLE",
    .secret_access_key = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"};
const Credentials s3_credentials{.access_key_id = "AKIAIOSFODNN7EXAMPLE",
                                 .secret_access_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"};
const SigningScope suite_scope{.region = "us-east-1", .service = "service"};
const std::string suite_token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
const std::pair<std::string, std::string> host{"Host", "example.amazonaws.com"};

/// 2015-08-30T12:36:00Z
constexpr domain::Instant suite_time =
    std::chrono::sys_days{std::chrono::year{2015} / 8 / 30} + 12h + 36min;
/// 2013-05-24T00:00:00Z
constexpr domain::Instant s3_time = std::chrono::sys_days{std::chrono::year{2013} / 5 / 24};

struct Vector {
  const char* name;
  Signable request;
  const char* signed_headers;
  const char* signature;
};

std::string find(const Pairs& headers, const std::string& name) {
  for (const auto& [found, value] : headers) {
    if (found == name) return value;
  }
  return "";
}

}  // namespace

TEST_CASE("requests are signed as AWS's test suite says, in headers") {
  const std::vector<Vector> vectors{
      {"get-vanilla",
       {.headers = {host}},
       "host;x-amz-date",
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"get-header-key-duplicate",
       {.headers =
            {host, {"My-Header1", "value2"}, {"My-Header1", "value2"}, {"My-Header1", "value1"}}},
       "host;my-header1;x-amz-date",
       "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"},
      {"get-header-value-trim",
       {.headers = {host, {"My-Header1", " value1"}, {"My-Header2", " \"a   b   c\""}}},
       "host;my-header1;my-header2;x-amz-date",
       "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"},
      {"get-unreserved",
       {.path = "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
        .headers = {host}},
       "host;x-amz-date",
       "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"},
      {"get-utf8",
       {.path = "/\u1234", .headers = {host}},
       "host;x-amz-date",
       "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"},
      {"get-slashes-normalized",
       {.path = "//example//", .headers = {host}},
       "host;x-amz-date",
       "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"},
      {"get-relative-relative-normalized",
       {.path = "/example1/example2/../..", .headers = {host}},
       "host;x-amz-date",
       "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"},
      {"get-space-normalized",
       {.path = "/example space/", .headers = {host}},
       "host;x-amz-date",
       "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"},
      {"get-vanilla-empty-query-key",
       {.query = {{"Param1", "value1"}}, .headers = {host}},
       "host;x-amz-date",
       "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"},
      {"get-vanilla-query-order-key-case",
       {.query = {{"Param2", "value2"}, {"Param1", "value1"}}, .headers = {host}},
       "host;x-amz-date",
       "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"},
      {"get-vanilla-query-order-encoded",
       {.query = {{"Param-3", "Value3"}, {"Param", "Value2"}, {"\u1234", "Value1"}},
        .headers = {host}},
       "host;x-amz-date",
       "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac"},
      {"get-vanilla-utf8-query",
       {.query = {{"\u1234", "bar"}}, .headers = {host}},
       "host;x-amz-date",
       "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"},
      {"post-x-www-form-urlencoded",
       {.method = "POST",
        .headers = {{"Content-Type", "application/x-www-form-urlencoded"}, host},
        .body = "Param1=value1"},
       "content-type;host;x-amz-date",
       "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"}};
  for (const Vector& vector : vectors) {
    INFO(vector.name);
    const Pairs added = sign(vector.request, suite_credentials, suite_scope, suite_time);
    CHECK(find(added, "X-Amz-Date") == "20150830T123600Z");
    CHECK(find(added, "Authorization") ==
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
          "SignedHeaders=" +
              std::string(vector.signed_headers) + ", Signature=" + vector.signature);
  }
}

TEST_CASE("temporary credentials sign and send their token (get-vanilla-with-session-token)") {
  Credentials credentials = suite_credentials;
  credentials.session_token = suite_token;
  const Pairs added = sign({.headers = {host}}, credentials, suite_scope, suite_time);
  CHECK(find(added, "X-Amz-Security-Token") == suite_token);
  CHECK(find(added, "Authorization") ==
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        "SignedHeaders=host;x-amz-date;x-amz-security-token, "
        "Signature=07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
}

TEST_CASE("the documentation's request to IAM is signed as it says") {
  const Pairs added =
      sign({.query = {{"Action", "ListUsers"}, {"Version", "2010-05-08"}},
            .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                        {"Host", "iam.amazonaws.com"}}},
           suite_credentials, {.region = "us-east-1", .service = "iam"}, suite_time);
  CHECK(find(added, "Authorization")
            .ends_with("Signature="
                       "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"));
}

TEST_CASE("the documentation's S3 requests are signed as it says") {
  const SigningScope scope{.region = "us-east-1", .service = "s3"};
  const std::string empty = crypto::to_hex(crypto::sha256(""));
  const Pairs get = sign({.path = "/test.txt",
                          .headers = {{"Host", "examplebucket.s3.amazonaws.com"},
                                      {"Range", "bytes=0-9"},
                                      {"x-amz-content-sha256", empty}}},
                         s3_credentials, scope, s3_time);
  CHECK(find(get, "Authorization") ==
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
        "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
        "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

  const std::string text = "Welcome to Amazon S3.";
  const Pairs put =
      sign({.method = "PUT",
            .path = "/test$file.text",
            .headers = {{"Date", "Fri, 24 May 2013 00:00:00 GMT"},
                        {"Host", "examplebucket.s3.amazonaws.com"},
                        {"x-amz-content-sha256", crypto::to_hex(crypto::sha256(text))},
                        {"x-amz-storage-class", "REDUCED_REDUNDANCY"}},
            .body = text},
           s3_credentials, scope, s3_time);
  CHECK(find(put, "Authorization")
            .ends_with("Signature="
                       "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));

  CHECK(presign({.path = "/test.txt", .headers = {{"Host", "examplebucket.s3.amazonaws.com"}}},
                s3_credentials, scope, s3_time, 24h) ==
        "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
        "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
        "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
        "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
}

TEST_CASE("requests are signed as AWS's test suite says, in the query") {
  CHECK(presign({.query = {{"Param2", "value2"}, {"Param1", "value1"}}, .headers = {host}},
                suite_credentials, suite_scope, suite_time, 1h)
            .ends_with("&X-Amz-Signature="
                       "86012e2c9ad4d77369f5d81c11f75158aae4f895a085212cc6d3f923d300bed5"));
  const std::string utf8 = presign({.path = "/\u1234", .headers = {host}}, suite_credentials,
                                   suite_scope, suite_time, 1h);
  CHECK(utf8.starts_with("/%E1%88%B4?X-Amz-Algorithm="));
  CHECK(
      utf8.ends_with("&X-Amz-Signature="
                     "10eae3f14a260bd3911cc6d008d3c576d143b05b62f09782a7a4b37f52178e44"));
  Credentials temporary = suite_credentials;
  temporary.session_token = suite_token;
  CHECK(presign({.headers = {host}}, temporary, suite_scope, suite_time, 1h)
            .ends_with("&X-Amz-Signature="
                       "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c"));
}

TEST_CASE("a form is encoded as AWS reads it") {
  CHECK(form_encode({{"Message", "08:00 – 11:00 & \"more\" +~"}, {"A.1", ""}}) ==
        "Message=08%3A00%20%E2%80%93%2011%3A00%20%26%20%22more%22%20%2B~&A.1=");
}
