#include <chrono>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "commands/commands.h"
#include "outgoing/client.h"
#include "platform/stop_request.h"

namespace hss::commands {
namespace {

/// What asks waits no longer: Docker's own limit is 30 s, and most monitors' is 10 s.
constexpr std::chrono::milliseconds connection_limit{2'000}, answer_limit{3'000};

/// Why the server is not well, in its own words where it has any.
std::string reason_of(const outgoing::OutgoingResponse& response) {
  const auto body = nlohmann::json::parse(response.body, nullptr, false);
  const auto error = body.is_object() ? body.find("error") : body.end();
  if (body.is_object() && error != body.end() && error->is_object()) {
    const auto message = error->find("message");
    if (message != error->end() && message->is_string()) return message->get<std::string>();
  }
  return "it answered " + std::to_string(response.status);
}

}  // namespace

int check_health(const Config& config) {
  platform::ignore_broken_pipes();
  outgoing::Client client(*outgoing::parse_url(config.url), {.connect_timeout = connection_limit,
                                                             .answer_timeout = answer_limit,
                                                             .authorities = config.authorities});
  const auto result = client.send({.target = config.url_path + "/health"});
  const std::string where = config.url + config.url_path;
  if (!result.response) throw std::runtime_error(where + " is not healthy: " + result.sentence);
  const auto body = nlohmann::json::parse(result.response->body, nullptr, false);
  const bool is_ours = body.is_object() && body.value("service", nlohmann::json()) == "hss-backend";
  if (result.response->status != 200) {
    throw std::runtime_error(where + " is not healthy: " + reason_of(*result.response));
  }
  if (!is_ours || body.value("status", nlohmann::json()) != "ok") {
    throw std::runtime_error(where + " is not healthy: what answers there is no HSS");
  }
  std::cout << where << " is healthy\n";
  return 0;
}

}  // namespace hss::commands
