// S3 with good and bad answers.
#include "aws/s3.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <chrono>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "domain/error.h"
#include "outgoing/local_server.h"
#include "support.h"

using namespace hss;
using namespace hss::aws;
using namespace hss::test;
using namespace std::chrono_literals;

namespace {

/// Gives one answer to everything, and records what it was asked.
class S3Service {
 public:
  explicit S3Service(int answered_status = 200, const std::string& answered_body = "") {
    const auto handle = [=, this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      asked.push_back(request.method + " " + request.target);
      authorization = request.get_header_value("Authorization");
      response.status = answered_status;
      for (const auto& [name, value] : headers) response.set_header(name, value);
      if (request.method != "HEAD") response.set_content(answered_body, "application/xml");
    };
    local.server.Get(".*", handle);
    local.server.Delete(".*", handle);
    local.start();
    variables["AWS_ENDPOINT_URL_S3"] = local.url();
  }

  S3 s3(const std::string& bucket = "hss-photos") {
    const Variables find = [this](const char* name) { return variables[name]; };
    return S3(s3_options(bucket, find), find, clock.clock());
  }

  std::map<std::string, std::string> variables{{"AWS_ACCESS_KEY_ID", "AKIA1"},
                                               {"AWS_SECRET_ACCESS_KEY", "hidden"},
                                               {"AWS_REGION", "eu-west-1"}};
  httplib::Headers headers{{"Date", "Sun, 22 Nov 2026 08:00:00 GMT"}};
  std::vector<std::string> asked;
  std::string authorization;
  TestClock clock;
  LocalServer local;

 private:
  std::mutex mutex_;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the bucket is in the host's name at Amazon, and in the path elsewhere") {
  S3Service service;
  CHECK(service.s3().origin() == service.local.url());
  const auto elsewhere = service.s3().presign_get("a/b", {}, TestClock::start, 60s);
  CHECK(elsewhere.url.starts_with(service.local.url() + "/hss-photos/a/b?"));
  service.variables.erase("AWS_ENDPOINT_URL_S3");
  CHECK(service.s3().origin() == "https://hss-photos.s3.eu-west-1.amazonaws.com");
  const auto there = service.s3().presign_get("a/b", {}, TestClock::start, 60s);
  CHECK(there.url.starts_with("https://hss-photos.s3.eu-west-1.amazonaws.com/a/b?"));
  // No certificate is for a name with another dot.
  CHECK(service.s3("hss.photos").origin() == "https://s3.eu-west-1.amazonaws.com");
}

TEST_CASE("every header of a file is signed, so that nothing else can be sent") {
  S3Service service;
  const auto put = service.s3().presign_put("k",
                                            {{"Content-Type", "image/jpeg"},
                                             {"Content-Length", "3"},
                                             {"If-None-Match", "*"},
                                             {"x-amz-checksum-sha256", "abc="}},
                                            TestClock::start, 300s);
  CHECK(has(put.url,
            "&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bif-none-match%3B"
            "x-amz-checksum-sha256&"));
  CHECK(has(put.url, "&X-Amz-Expires=300&"));
  CHECK(put.expires_at == TestClock::start + 300s);
}

TEST_CASE("an address lives no longer than the credentials that signed it") {
  S3Service service;
  LocalServer container;
  container.server.Get("/", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(
        R"({"AccessKeyId":"A","SecretAccessKey":"s","Token":"t","Expiration":"2026-11-22T08:02:00Z"})",
        "application/json");
  });
  container.start();
  service.variables["AWS_ACCESS_KEY_ID"] = "";
  service.variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = container.url();
  CHECK(service.s3().presign_put("k", {}, TestClock::start, 300s).expires_at ==
        TestClock::start + 120s);
}

TEST_CASE("an object is read, up to a byte more than was promised") {
  S3Service service(200, "four");
  CHECK(service.s3().get("a b/+", 4) == "four");
  CHECK(service.asked == std::vector<std::string>{"GET /hss-photos/a%20b/%2B"});
  CHECK(has(service.authorization, "AKIA1/20261122/eu-west-1/s3/aws4_request"));
  CHECK(service.s3().get("k", 3)->size() == 4);
  CHECK(S3Service(200, std::string(100'000, 'x')).s3().get("k", 50'000)->size() == 50'001);
  CHECK_FALSE(S3Service(404).s3().get("k", 3));
}

TEST_CASE("what S3 answers is said with its code") {
  S3Service service(403, "<Error><Code>AccessDenied</Code><Message>no</Message></Error>");
  CHECK_THROWS_WITH(service.s3().get("k", 3),
                    "S3 answered 403 AccessDenied to GET in the bucket hss-photos");
  CHECK_THROWS_WITH(service.s3().remove("k"),
                    "S3 answered 403 AccessDenied to DELETE in the bucket hss-photos");
  CHECK_NOTHROW(S3Service(404).s3().remove("k"));
  CHECK_NOTHROW(S3Service(204).s3().remove("k"));
}

TEST_CASE("the start finds out what is wrong with the bucket") {
  CHECK_FALSE(S3Service().s3().find_problem());
  CHECK(S3Service(404).s3().find_problem() == "there is no bucket hss-photos");
  CHECK(has(*S3Service(403).s3().find_problem(), "s3:ListBucket"));
  CHECK(has(*S3Service(503).s3().find_problem(), "S3 answered 503"));
  S3Service elsewhere(301);
  elsewhere.headers.emplace("x-amz-bucket-region", "af-south-1");
  CHECK(elsewhere.s3().find_problem() ==
        "the bucket hss-photos is in af-south-1, and AWS_REGION says eu-west-1");
  S3Service slow;
  slow.clock.advance(3min);
  CHECK(has(*slow.s3().find_problem(), "this machine's clock"));
  S3Service away;
  away.variables["AWS_ENDPOINT_URL_S3"] = "http://127.0.0.1:9";
  CHECK(away.s3().find_problem() == "127.0.0.1:9 takes no connection");
}

TEST_CASE("without a region, or with a name that no bucket has, nothing is signed") {
  S3Service service;
  for (const char* name : {"", "a", "Photos", "../etc", "a/b", "a..b", "-ab", "ab?"}) {
    INFO(name);
    CHECK_THROWS_AS(service.s3(name), domain::Error);
  }
  service.variables["AWS_REGION"] = "";
  CHECK_THROWS_WITH(service.s3(), "AWS_REGION is not set, and must name the region of the bucket");
}
