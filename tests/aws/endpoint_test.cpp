#include "aws/endpoint.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "domain/error.h"

using namespace hss;
using namespace hss::aws;

TEST_CASE("the endpoint is the region's, or the one that the environment names") {
  std::string everything, own;
  const Variables variables = [&](const char* name) {
    return std::string(name) == "AWS_ENDPOINT_URL_SECRETS_MANAGER" ? own
           : std::string(name) == "AWS_ENDPOINT_URL"               ? everything
                                                                   : "";
  };
  const auto endpoint = [&](const std::string& region) {
    return service_endpoint("secretsmanager", "SECRETS_MANAGER", region, variables);
  };
  CHECK(endpoint("eu-west-1").authority() == "secretsmanager.eu-west-1.amazonaws.com");
  CHECK(endpoint("eu-west-1").is_https);
  CHECK(endpoint("cn-north-1").authority() == "secretsmanager.cn-north-1.amazonaws.com.cn");
  everything = "http://127.0.0.1:5000";
  CHECK(endpoint("eu-west-1").port == 5000);
  own = "http://127.0.0.1:5001";
  CHECK(endpoint("eu-west-1").port == 5001);
  for (const char* error : {"moto", "http://127.0.0.1:5001/?a=b"}) {
    own = error;
    CHECK_THROWS_AS(endpoint("eu-west-1"), domain::Error);
  }
}
