#include <nlohmann/json.hpp>

#include "crypto/base64.h"
#include "fuzz/fuzzed_servers.h"
#include "fuzz/targets.h"
#include "transport/lambda/lambda_event.h"

namespace hss::fuzz {
namespace {

using nlohmann::json;

/// The body that a gateway decodes from the answer.
std::string body_of(const json& answer) {
  const std::string body = answer.at("body").get<std::string>();
  if (!answer.at("isBase64Encoded").get<bool>()) return body;
  const auto bytes = crypto::from_base64(body);
  require(bytes.has_value(), "a body that is said to be base64 and is not");
  return *bytes;
}

void require_same(const std::string& text, const api::Response& response,
                  const transport::LambdaEvent& event) {
  const json answer = json::parse(text);
  require(answer.at("statusCode") == response.status, "another status");
  require(body_of(answer) == (event.request.method == "HEAD" ? "" : response.content()),
          "another body");
  const bool is_rest = event.shape == transport::LambdaShape::rest;
  const json& headers = answer.at(is_rest ? "multiValueHeaders" : "headers");
  for (const auto& [name, value] : response.headers) {
    require(headers.contains(name), "the header " + name + " is lost");
  }
}

void answer(FuzzedServers& servers, std::string_view input) {
  auto event = transport::read_lambda_event(input);
  const auto response =
      event.error ? servers.reject(event.request, *event.error) : servers.send(event.request);
  // Lambda does not serve this route.
  if (response.on_stream) return;
  require_same(transport::lambda_answer(response, event.shape, event.request.method), response,
               event);
  const auto failure = transport::lambda_failure(event.request.method, event.request.target);
  require(json::accept(failure), "a failure that is no JSON");
}

}  // namespace

void lambda(std::string_view input) {
  static FuzzedServers servers;
  servers.run([&] { answer(servers, input); });
}

}  // namespace hss::fuzz
