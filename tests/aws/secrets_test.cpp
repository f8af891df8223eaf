// Secrets Manager and Systems Manager with good and bad answers.
#include "aws/secrets.h"

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "domain/error.h"
#include "outgoing/broken_server.h"
#include "outgoing/local_server.h"
#include "support.h"

using namespace hss;
using namespace hss::aws;
using namespace hss::test;
using namespace std::chrono_literals;
using nlohmann::json;

namespace {

struct Scripted {
  int status = 200;
  std::string body;
};

Scripted secret(const std::string& text, double since = 0) {
  return {.body = json{{"Name", "s"}, {"SecretString", text}, {"CreatedDate", since}}.dump()};
}

Scripted parameter(const std::string& text, int version, double since = 0) {
  return {
      .body =
          json{
              {"Parameter",
               {{"Name", "p"}, {"Value", text}, {"Version", version}, {"LastModifiedDate", since}}}}
              .dump()};
}

Scripted rejection(const std::string& code, int status = 400) {
  return {.status = status, .body = json{{"__type", code}, {"Message", "no"}}.dump()};
}

/// Gives preset answers and records its requests.
class SecretService {
 public:
  explicit SecretService(std::deque<Scripted> preset) : answers(std::move(preset)) {
    local.server.Post("/", [this](const httplib::Request& request, httplib::Response& response) {
      const std::lock_guard lock(mutex_);
      asked.push_back({request.headers, json::parse(request.body)});
      const Scripted answer =
          answers.empty() ? Scripted{.status = 500, .body = ""} : answers.front();
      if (!answers.empty()) answers.pop_front();
      response.status = answer.status;
      response.set_content(answer.body, "application/x-amz-json-1.1");
    });
    local.start();
  }

  std::string get(const std::string& reference, Deadline deadline = Deadline::max()) {
    return secrets().get(*parse_secret_reference(reference), deadline);
  }
  std::optional<std::string> find_previous(const std::string& reference) {
    return secrets().find_previous(*parse_secret_reference(reference), 24h, Deadline::max());
  }
  /// The sentence of the error.
  std::string failure_of(const std::string& reference) {
    try {
      get(reference);
    } catch (const domain::Error& error) {
      CHECK(error.code() == domain::ErrorCode::unavailable);
      return error.what();
    }
    return "";
  }

  struct RecordedRequest {
    httplib::Headers headers;
    json body;
    std::string header(const std::string& name) const {
      const auto found = headers.find(name);
      return found == headers.end() ? "" : found->second;
    }
  };

  std::deque<Scripted> answers;
  std::vector<RecordedRequest> asked;
  TestClock clock;
  LocalServer local;
  std::map<std::string, std::string> variables{{"AWS_ACCESS_KEY_ID", "AKIA1"},
                                               {"AWS_SECRET_ACCESS_KEY", "hidden"},
                                               {"AWS_REGION", "eu-west-1"},
                                               {"AWS_ENDPOINT_URL", local.url()}};
  Secrets secrets() {
    return Secrets([this](const char* name) { return variables[name]; }, clock.clock());
  }

 private:
  std::mutex mutex_;
};

double seconds_of(domain::Instant instant) {
  return std::chrono::duration<double>(instant.time_since_epoch()).count();
}

}  // namespace

TEST_CASE("a secret is asked for by its name, signed") {
  SecretService service({secret("s3cret\n")});
  CHECK(service.get("aws-sm:hss/db") == "s3cret");
  REQUIRE(service.asked.size() == 1);
  CHECK(service.asked[0].header("X-Amz-Target") == "secretsmanager.GetSecretValue");
  CHECK(service.asked[0].header("Content-Type") == "application/x-amz-json-1.1");
  CHECK(service.asked[0].body == json{{"SecretId", "hss/db"}});
  CHECK(service.asked[0]
            .header("Authorization")
            .find("AKIA1/20261122/eu-west-1/secretsmanager/aws4_request") != std::string::npos);
}

TEST_CASE("of an ARN with more parts the secret, the stage and the version are asked for there") {
  const std::string arn = "arn:aws:secretsmanager:af-south-1:1:secret:hss-AbCdEf";
  SecretService service({secret(R"({"port":5432,"tls":true,"password":"p w"})")});
  CHECK(service.get("aws-sm:" + arn + ":password:AWSPREVIOUS:v1") == "p w");
  CHECK(service.asked[0].body ==
        json{{"SecretId", arn}, {"VersionStage", "AWSPREVIOUS"}, {"VersionId", "v1"}});
  CHECK(service.asked[0].header("Authorization").find("/af-south-1/") != std::string::npos);
}

TEST_CASE("a parameter is asked for decrypted, with its version or label") {
  SecretService service({parameter("s3cret", 3)});
  CHECK(service.get("aws-ssm:/hss/db:3") == "s3cret");
  CHECK(service.asked[0].header("X-Amz-Target") == "AmazonSSM.GetParameter");
  CHECK(service.asked[0].body == json{{"Name", "/hss/db:3"}, {"WithDecryption", true}});
  CHECK(service.asked[0].header("Authorization").find("/ssm/aws4_request") != std::string::npos);
}

TEST_CASE("numbers and booleans of a secret's JSON are values, too") {
  const std::string text = R"({"port":5432,"tls":true,"more":{"a":1},"none":null})";
  CHECK(SecretService({secret(text)}).get("aws-sm:s#port") == "5432");
  CHECK(SecretService({secret(text)}).get("aws-sm:s#tls") == "true");
  for (const char* key : {"more", "none", "other"}) {
    CHECK(SecretService({secret(text)}).failure_of(std::string("aws-sm:s#") + key).find("key") !=
          std::string::npos);
  }
}

TEST_CASE("a rejection is said with the service's code, in JSON or in XML") {
  const std::vector<std::pair<Scripted, std::string>> rows{
      {rejection("AccessDeniedException"),
       "aws-sm:s: Secrets Manager answered 400 AccessDeniedException; these credentials need the "
       "right secretsmanager:GetSecretValue on it"},
      {{.status = 403,
        .body = "<ErrorResponse><Errors><Error><Code>AccessDenied</Code><Message>no</Message>"
                "</Error></Errors></ErrorResponse>"},
       "aws-sm:s: Secrets Manager answered 403 AccessDenied; these credentials need the right "
       "secretsmanager:GetSecretValue on it"},
      {rejection("com.amazonaws.secretsmanager#ResourceNotFoundException"),
       "aws-sm:s: Secrets Manager answered 400 ResourceNotFoundException; there is no such secret "
       "in that region, or no such version of it"},
      {rejection("Bad\nCode"), "aws-sm:s: Secrets Manager answered 400"},
      {{.status = 302, .body = ""}, "aws-sm:s: Secrets Manager answered 302"},
      {{.body = "<html>Log in to the network</html>"},
       "aws-sm:s: what answered is not Secrets Manager"},
      {{.body = R"({"SecretBinary":"AAEC"})"}, "aws-sm:s: the secret is no text"},
      {secret("\n"), "aws-sm:s: the secret is empty"},
      {secret(std::string("a\0b", 3)), "aws-sm:s: the secret is no text"}};
  for (const auto& [answer, sentence] : rows) {
    SecretService service({answer});
    CHECK(service.failure_of("aws-sm:s") == sentence);
    CHECK(service.asked.size() == 1);
  }
}

TEST_CASE("the value of a secret is in no sentence") {
  for (const char* text : {"top-secret", R"({"password":{"is":"top-secret"}})"}) {
    const std::string sentence = SecretService({secret(text)}).failure_of("aws-sm:s#password");
    CHECK_FALSE(sentence.empty());
    CHECK(sentence.find("top-secret") == std::string::npos);
  }
}

TEST_CASE("what may pass is tried three times") {
  SecretService patient(
      {{.status = 503, .body = ""}, rejection("ThrottlingException"), secret("x")});
  CHECK(patient.get("aws-sm:s") == "x");
  CHECK(patient.asked.size() == 3);
  SecretService broken({});
  CHECK(broken.failure_of("aws-ssm:/s") == "aws-ssm:/s: Systems Manager answered 500");
  CHECK(broken.asked.size() == 3);
}

TEST_CASE("whoever does not answer is not waited for after the deadline") {
  BrokenServer silent([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  SecretService service({});
  service.variables["AWS_ENDPOINT_URL"] = silent.url();
  const auto began = std::chrono::steady_clock::now();
  CHECK_THROWS_AS(service.get("aws-sm:s", began + 300ms), domain::Error);
  CHECK(std::chrono::steady_clock::now() - began < 2s);
}

TEST_CASE("without a region nothing is asked") {
  SecretService service({});
  service.variables["AWS_REGION"] = "";
  CHECK(service.failure_of("aws-sm:s") == "aws-sm:s: the region is not known; set AWS_REGION");
  CHECK(service.asked.empty());
}

TEST_CASE("the value before a rotation is found while it may still be in use") {
  const double now = seconds_of(TestClock::start);
  SecretService rotated({secret("new", now - 3600), secret("old")});
  CHECK(rotated.find_previous("aws-sm:s") == "old");
  CHECK(rotated.asked[1].body == json{{"SecretId", "s"}, {"VersionStage", "AWSPREVIOUS"}});
  SecretService changed({parameter("new", 7, now - 3600), parameter("old", 6)});
  CHECK(changed.find_previous("aws-ssm:/s") == "old");
  CHECK(changed.asked[1].body["Name"] == "/s:6");
  CHECK_FALSE(
      SecretService({secret("new", now - 25 * 3600), secret("old")}).find_previous("aws-sm:s"));
  CHECK_FALSE(SecretService({parameter("first", 1, now)}).find_previous("aws-ssm:/s"));
  CHECK_FALSE(SecretService({secret("new", now), rejection("ResourceNotFoundException")})
                  .find_previous("aws-sm:s"));
  CHECK_FALSE(SecretService({secret("new", now), rejection("AccessDeniedException")})
                  .find_previous("aws-sm:s"));
  CHECK_THROWS_AS(SecretService({secret("new", now)}).find_previous("aws-sm:s"), domain::Error);
  SecretService pinned({});
  CHECK_FALSE(pinned.find_previous("aws-ssm:/s:3"));
  CHECK(pinned.asked.empty());
}

TEST_CASE("a password for RDS is the one that AWS's own library makes") {
  // botocore's signatures, at the same time.
  const auto expected = [](const std::string& session, const std::string& signature) {
    return "hss.c1x2.eu-west-1.rds.amazonaws.com:5432/?Action=connect&DBUser=hss_app"
           "&X-Amz-Algorithm=AWS4-HMAC-SHA256"
           "&X-Amz-Credential=AKIA1%2F20261122%2Feu-west-1%2Frds-db%2Faws4_request"
           "&X-Amz-Date=20261122T184700Z&X-Amz-Expires=900" +
           session + "&X-Amz-SignedHeaders=host&X-Amz-Signature=" + signature;
  };
  SecretService service({});
  service.clock.advance(10h + 47min);
  service.variables["AWS_REGION"] = "us-east-1";
  const auto token = [&] {
    return service.secrets().make_rds_token("hss.c1x2.eu-west-1.rds.amazonaws.com", 5432, "hss_app",
                                            Deadline::max());
  };
  CHECK(token() ==
        expected("", "0f25e5ab00fda111c29cb2e148eeb275df80ea6b457c250382da9ec1f89005dc"));
  service.variables["AWS_SESSION_TOKEN"] = "session/token+=";
  CHECK(token() == expected("&X-Amz-Security-Token=session%2Ftoken%2B%3D",
                            "edae82a5f362a1177c734b5757c418903210afd4ed7d9a0f91e614dde974e529"));
}
