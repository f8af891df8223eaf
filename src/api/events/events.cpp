#include "api/events/events.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <utility>

#include "api/events/delivery_json.h"
#include "api/http/json.h"
#include "domain/events/send_again.h"
#include "domain/events/webhook.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {
namespace {

constexpr int max_dead_letters = 200;
constexpr std::size_t max_target_name_length = 40;

Json to_json(const domain::OutboxTarget& target) {
  return {{"name", target.name},
          {"kind", domain::is_webhook_id(target.name) ? "webhook" : "topic"},
          {"backlog", target.backlog},
          {"dead", target.dead_lettered},
          {"oldest", text_or_null(target.oldest)},
          {"last_error", text_unless_empty(target.last_error)},
          {"last_error_at", text_unless_empty(target.last_error_at)},
          {"last_success_at", text_unless_empty(target.last_success_at)}};
}

struct WhatAgain {
  std::string target;
  std::optional<std::int64_t> event_id;  ///< empty: all that are dead-lettered
};

/// Accepts both of JSON's spellings: 7 and 7.0.
std::optional<std::int64_t> parse_event_id(const domain::Field<double>& given,
                                           domain::ValidationErrors& errors) {
  constexpr double max_id = 999'999'999'999'999;
  const double* id = given.value();
  if (id != nullptr && *id >= 1 && *id <= max_id && *id == std::floor(*id)) {
    return static_cast<std::int64_t>(*id);
  }
  if (!given.is_absent()) errors.add("event_id must be the number of an event");
  return std::nullopt;
}

bool parse_all(const ClientJson& object, domain::ValidationErrors& errors) {
  const auto all = object.find("all");
  if (all == object.end() || all->is_null()) return false;
  if (all->is_boolean()) return all->get<bool>();
  errors.add("all must be true or false");
  return false;
}

WhatAgain parse_what_again(const Request& request) {
  const ClientJson object = parse_object(request);
  const auto event_id = number_field(object, "event_id");
  domain::ValidationErrors errors;
  WhatAgain what{.target = domain::required_text("target", text_field(object, "target"),
                                                 {.at_most = max_target_name_length}, errors),
                 .event_id = parse_event_id(event_id, errors)};
  if (parse_all(object, errors) != event_id.is_absent()) {
    errors.add("send either event_id or all: true");
  }
  errors.throw_if_any("The request has faults");
  return what;
}

}  // namespace

Query get_events(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    // A disabled target receives nothing, so nothing waits for it.
    std::set<std::string> silent;
    for (const auto& webhook : reader.webhooks().list()) {
      if (!webhook.enabled) silent.insert(webhook.id);
    }
    Json targets = Json::array();
    for (const auto& target : reader.outbox().list_targets()) {
      if (!silent.contains(target.name)) targets.push_back(to_json(target));
    }
    Json dead_lettered = Json::array();
    const auto slice = reader.outbox().list_deliveries(
        std::nullopt, domain::DeliveryState::dead_lettered, {.limit = max_dead_letters});
    for (const auto& delivery : slice.rows) {
      if (!silent.contains(delivery.target)) dead_lettered.push_back(to_json(delivery));
    }
    return json_response(200, {{"targets", std::move(targets)}, {"dead", std::move(dead_lettered)}},
                         request);
  };
}

Command send_events_again(const Request& request, const Services& services) {
  return [&request, &services, what = parse_what_again(request)](domain::Tx& tx) {
    const std::string now = domain::to_rfc3339(services.now());
    std::int64_t count = 1;
    if (what.event_id) {
      domain::send_again(tx, what.target, *what.event_id, now);
    } else {
      count = domain::send_dead_again(tx, what.target, now);
    }
    return json_response(200, {{"target", what.target}, {"count", count}}, request);
  };
}

}  // namespace hss::api
