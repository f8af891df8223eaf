// Events of API Gateway and function URLs, in the shapes that AWS documents.
#include "transport/lambda/lambda_event.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "places.h"
#include "support.h"

using namespace hss;
using namespace hss::test;
using namespace hss::transport;
using Json = nlohmann::ordered_json;

namespace {

Json recorded(const std::string& name) {
  return Json::parse(
      read_file(source_folder() + "/tests/transport/lambda/events/" + name + ".json"));
}

LambdaEvent read(const std::string& name) {
  return read_lambda_event(recorded(name).dump());
}

std::string header(const LambdaEvent& event, const std::string& name) {
  const std::string* value = event.request.find_header(name);
  return value ? *value : "(none)";
}

api::Response text_response() {
  api::Response response{.status = 200, .headers = {}, .body = "{\"a\":\"ö\"}", .static_body = {}};
  response.set("Content-Type", "application/json");
  response.set("Vary", "Origin");
  response.set("Vary", "Accept-Encoding");
  return response;
}

}  // namespace

TEST_CASE("a REST API's request comes with all its headers and its query, and without the stage") {
  const LambdaEvent event = read("rest_booking");
  CHECK_FALSE(event.error);
  CHECK(event.shape == LambdaShape::rest);
  CHECK(event.request.method == "GET");
  CHECK(event.request.target ==
        "/api/v1/bookings?q=Thandi%20%26%20S%C3%B6hne&status=submitted&status=approved");
  CHECK(event.request.count_headers("accept") == 2);
  CHECK(header(event, "x-hss-role") == "staff");
  CHECK(event.request.client_address == "41.13.0.7");
  CHECK(event.request.is_secure);
  CHECK(event.request.body.empty());
}

TEST_CASE("a body in base64 is the text that the client sent") {
  CHECK(read("rest_notification_base64").request.body ==
        R"({"message": "Koos is op pad – 15 min", "booking_id": "HSS-0123456789"})");
  CHECK(read("function_url_notification").request.body == R"({"message":"Hallo"})");
}

TEST_CASE("single values serve where a gateway sends no lists of values") {
  Json event = recorded("rest_booking");
  event.erase("multiValueHeaders");
  event["multiValueQueryStringParameters"] = nullptr;
  const LambdaEvent read_event = read_lambda_event(event.dump());
  CHECK(read_event.request.target ==
        "/api/v1/bookings?q=Thandi%20%26%20S%C3%B6hne&status=approved");
  CHECK(header(read_event, "X-HSS-Role") == "staff");
}

TEST_CASE("the prefix of a stage or a custom domain is no part of the path") {
  CHECK(read("rest_health_custom_domain").request.target == "/health");
  CHECK(read("http_format_1_health").request.target == "/health");
  CHECK(read("function_url_health").request.target == "/health");

  Json event = recorded("http_payment");
  event["rawPath"] = "/beta";
  CHECK(read_lambda_event(event.dump()).request.target.starts_with("/?"));
  event["rawPath"] = "/betabook";
  CHECK(read_lambda_event(event.dump()).request.target.starts_with("/betabook?"));
}

TEST_CASE("a stage that is called like the path's beginning does not eat it") {
  SECTION("of a REST API, which takes its stage off by itself") {
    Json event = recorded("rest_booking");
    event["resource"] = "/api/v1/bookings";
    event["pathParameters"] = nullptr;
    event["requestContext"]["stage"] = "api";
    event["requestContext"]["path"] = "/api/api/v1/bookings";
    CHECK(read_lambda_event(event.dump()).request.target.starts_with("/api/v1/bookings?"));
  }
  SECTION("of an HTTP API on a domain of one's own") {
    Json event = recorded("http_payment");
    event["requestContext"]["stage"] = "api";
    event["requestContext"]["domainName"] = "api.hss.co.za";
    event["rawPath"] = "/api/v1/catalog";
    CHECK(read_lambda_event(event.dump()).request.target.starts_with("/api/v1/catalog?"));
  }
}

TEST_CASE("an HTTP API's request comes with its query as sent and its cookies as one header") {
  const LambdaEvent event = read("http_payment");
  CHECK_FALSE(event.error);
  CHECK(event.shape == LambdaShape::http);
  CHECK(event.request.method == "POST");
  CHECK(event.request.target == "/api/v1/bookings/HSS-0123456789/payment?limit=2&q=a%20b&q=c");
  CHECK(header(event, "Cookie") == "theme=dark; lang=af");
  CHECK(header(event, "Content-Type") == "application/json");
  CHECK(event.request.client_address == "41.13.0.7");
  CHECK(event.request.body == R"({"method":"eft"})");
}

TEST_CASE("a path that a gateway decoded is encoded again, and one that was sent so is left") {
  Json event = recorded("function_url_health");
  event["rawPath"] = "/api/v1/a b?c#d%zz%2Fé";
  CHECK(read_lambda_event(event.dump()).request.target == "/api/v1/a%20b%3Fc%23d%25zz%2F%C3%A9");
}

TEST_CASE("a load balancer's request is refused in a sentence that says what to do") {
  const LambdaEvent event = read("load_balancer");
  REQUIRE(event.error);
  CHECK(std::string(event.error->what()).find("Load Balancer") != std::string::npos);
  CHECK(std::string(event.error->what()).find("function URL") != std::string::npos);
}

TEST_CASE("an event that is no request is a fault, and nothing worse") {
  Json no_base64 = recorded("rest_notification_base64");
  no_base64["body"] = "not base64!";
  Json url_alphabet = no_base64;
  url_alphabet["body"] = "_-8=";
  Json split_header = recorded("rest_booking");
  split_header["multiValueHeaders"]["X-HSS-Role"] = {"staff\r\nX-Evil: 1"};
  const std::string text = GENERATE_COPY(
      std::string(), std::string("not JSON"), std::string("[]"), std::string("null"),
      std::string("{}"), std::string(R"({"Records":[{"eventSource":"aws:s3"}]})"),
      std::string(R"({"version":"2.0","requestContext":7})"),
      std::string(R"({"httpMethod":"GET","requestContext":null})"), std::string("\xff\xfe"),
      std::string(100'000, '['), no_base64.dump(), url_alphabet.dump(), split_header.dump());
  CHECK(read_lambda_event(text).error);
}

TEST_CASE("members of a wrong type are passed over") {
  const LambdaEvent event = read_lambda_event(R"({
    "httpMethod": "GET", "path": 7, "headers": [1], "multiValueHeaders": {"A": 1, "B": ["x", 2]},
    "multiValueQueryStringParameters": {"q": [null, "y"]}, "pathParameters": "p", "body": {},
    "isBase64Encoded": "yes", "requestContext": {"stage": 1, "identity": []}})");
  CHECK_FALSE(event.error);
  CHECK(event.request.target == "/?q=y");
  CHECK(header(event, "B") == "x");
  CHECK(header(event, "A") == "(none)");
}

TEST_CASE("a text is answered as it is, with each header's values") {
  const Json rest = Json::parse(lambda_answer(text_response(), LambdaShape::rest, "GET"));
  CHECK(rest["statusCode"] == 200);
  CHECK(rest["isBase64Encoded"] == false);
  CHECK(rest["body"] == "{\"a\":\"ö\"}");
  CHECK(rest["multiValueHeaders"]["Vary"] == Json{"Origin", "Accept-Encoding"});
  CHECK_FALSE(rest.contains("cookies"));

  api::Response with_cookies = text_response();
  with_cookies.set("Set-Cookie", "a=1");
  with_cookies.set("Set-Cookie", "b=2");
  const Json http = Json::parse(lambda_answer(with_cookies, LambdaShape::http, "GET"));
  CHECK(http["headers"]["Vary"] == "Origin, Accept-Encoding");
  CHECK(http["cookies"] == Json{"a=1", "b=2"});
  CHECK(http["body"] == "{\"a\":\"ö\"}");
}

TEST_CASE("a compressed page and an image are answered in base64") {
  const auto shape = GENERATE(LambdaShape::rest, LambdaShape::http);
  api::Response compressed{.status = 200, .headers = {}, .body = "abcd", .static_body = {}};
  compressed.set("Content-Encoding", "br");
  Json answer = Json::parse(lambda_answer(compressed, shape, "GET"));
  CHECK(answer["isBase64Encoded"] == true);
  CHECK(answer["body"] == "YWJjZA==");

  api::Response image{.status = 200, .headers = {}, .body = {}, .static_body = "\x89PNG\xff\xfb"};
  answer = Json::parse(lambda_answer(image, shape, "GET"));
  CHECK(answer["isBase64Encoded"] == true);
  CHECK(answer["body"] == "iVBOR//7");
}

TEST_CASE("HEAD and 304 are answered without a body") {
  CHECK(Json::parse(lambda_answer(text_response(), LambdaShape::rest, "HEAD"))["body"] == "");
  const api::Response unchanged{.status = 304, .headers = {}, .body = {}, .static_body = {}};
  const Json answer = Json::parse(lambda_answer(unchanged, LambdaShape::http, "GET"));
  CHECK(answer["body"] == "");
  CHECK(answer["isBase64Encoded"] == false);
}
