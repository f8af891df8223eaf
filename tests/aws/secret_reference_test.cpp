#include "aws/secret_reference.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <string>

#include "domain/error.h"

using namespace hss;
using namespace hss::aws;
using Service = SecretReference::Service;

namespace {

const std::string arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hss/db-AbCdEf";
const std::string parameter_arn = "arn:aws:ssm:af-south-1:123456789012:parameter/hss/db";

}  // namespace

TEST_CASE("a reference names a secret, its key, its stage and its version") {
  struct Row {
    std::string text, id, region, json_key, stage, version;
  };
  const Row row = GENERATE(
      Row{"aws-sm:hss/db", "hss/db"}, Row{"aws-sm:hss/db#password", "hss/db", "", "password"},
      Row{"aws-sm:hss/db#a:b", "hss/db", "", "a:b"}, Row{"aws-sm:" + arn, arn, "eu-west-1"},
      Row{"aws-sm:" + arn + "#password", arn, "eu-west-1", "password"},
      Row{"aws-sm:" + arn + ":password::", arn, "eu-west-1", "password"},
      Row{"aws-sm:" + arn + ":password:AWSPREVIOUS:", arn, "eu-west-1", "password", "AWSPREVIOUS"},
      Row{arn + ":::9d4cb84b", arn, "eu-west-1", "", "", "9d4cb84b"},
      Row{"aws-sm:" + arn + "::AWSCURRENT:9d4cb84b#password", arn, "eu-west-1", "password",
          "AWSCURRENT", "9d4cb84b"},
      Row{"aws-sm:arn:aws-cn:secretsmanager:cn-north-1:1:secret:s-AbCdEf",
          "arn:aws-cn:secretsmanager:cn-north-1:1:secret:s-AbCdEf", "cn-north-1"});
  INFO(row.text);
  const auto found = parse_secret_reference(row.text);
  REQUIRE(found);
  CHECK(found->service == Service::secrets_manager);
  CHECK(found->id == row.id);
  CHECK(found->region == row.region);
  CHECK(found->json_key == row.json_key);
  CHECK(found->stage == row.stage);
  CHECK(found->version == row.version);
  CHECK(found->follows_current() == (row.stage.empty() && row.version.empty()));
}

TEST_CASE("a reference names a parameter, with its version or its label") {
  struct Row {
    std::string text, id, region;
    bool follows_current;
  };
  const Row row =
      GENERATE(Row{"aws-ssm:/hss/db", "/hss/db", "", true}, Row{"aws-ssm:plain", "plain", "", true},
               Row{"aws-ssm:/hss/db:3", "/hss/db:3", "", false},
               Row{"aws-ssm:/hss/db:live", "/hss/db:live", "", false},
               Row{"aws-ssm:/hss/db#1", "/hss/db#1", "", true},
               Row{"aws-ssm:" + parameter_arn, parameter_arn, "af-south-1", true},
               Row{parameter_arn, parameter_arn, "af-south-1", true},
               Row{parameter_arn + ":3", parameter_arn + ":3", "af-south-1", false});
  INFO(row.text);
  const auto found = parse_secret_reference(row.text);
  REQUIRE(found);
  CHECK(found->service == Service::parameter_store);
  CHECK(found->id == row.id);
  CHECK(found->region == row.region);
  CHECK(found->json_key.empty());
  CHECK(found->follows_current() == row.follows_current);
}

TEST_CASE("other text is no reference") {
  for (const std::string text :
       {"", "8081", "AWS-SM:hss", "aws-rds-iam:", "a aws-sm:hss", "{{resolve:ssm:x}}",
        "arn:aws:sns:us-east-1:123456789012:bookings", "arn:", "arn:aws:secretsmanager"}) {
    INFO(text);
    CHECK_FALSE(parse_secret_reference(text));
  }
}

TEST_CASE("a reference with which nothing can be found is rejected") {
  for (const std::string& text :
       {std::string("aws-sm:"), std::string("aws-ssm:"), std::string("aws-sm:#key"),
        std::string("aws-sm:hss#"), "aws-ssm:" + arn, "aws-sm:" + parameter_arn,
        "aws-sm:" + arn + ":a:b:c:d", "aws-sm:" + arn + ":password::#password",
        std::string("arn:aws:secretsmanager::1:secret:hss"),
        std::string("arn:aws:secretsmanager:evil.example/:1:secret:hss"),
        std::string("arn:aws:secretsmanager:eu-west-1:1:rotation:hss")}) {
    INFO(text);
    CHECK_THROWS_AS(parse_secret_reference(text), domain::Error);
  }
}
