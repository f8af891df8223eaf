#include "api/events/webhook.h"

#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/accounts/account_json.h"
#include "api/events/delivery_json.h"
#include "api/http/json.h"
#include "api/http/origin.h"
#include "api/http/page.h"
#include "api/http/query.h"
#include "crypto/base64.h"
#include "domain/error.h"
#include "domain/events/send_again.h"
#include "domain/validation/form_text.h"
#include "domain/validation/text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {
namespace {

constexpr std::string_view secret_prefix = "whsec_";
constexpr std::array all_states{domain::DeliveryState::waiting,
                                domain::DeliveryState::dead_lettered,
                                domain::DeliveryState::delivered};

events::Webhooks& get_webhooks(const Services& services) {
  if (services.webhooks != nullptr) return *services.webhooks;
  throw domain::Error(domain::ErrorCode::conflict, "This server calls no webhooks");
}

Json to_json(const domain::Webhook& webhook) {
  return {{"id", webhook.id},
          {"url", webhook.url},
          {"enabled", webhook.enabled},
          {"disabled_reason", text_unless_empty(webhook.disabled_reason)},
          {"created_at", webhook.created_at}};
}

/// Returns the secret's bytes; empty if none was given.
std::string parse_secret(const ClientJson& object, domain::ValidationErrors& errors) {
  const auto given = text_field(object, "secret");
  if (given.is_absent()) return {};
  std::optional<std::string> bytes;
  if (given.value() && given.value()->starts_with(secret_prefix)) {
    bytes = crypto::from_base64(std::string_view(*given.value()).substr(secret_prefix.size()));
  }
  if (bytes && bytes->size() >= domain::min_webhook_secret_length &&
      bytes->size() <= domain::max_webhook_secret_length) {
    return *bytes;
  }
  errors.add("secret must be whsec_ and the base64 of 24 to 64 bytes");
  return {};
}

/// Checks the form alone; require_address() says if a webhook may have the address.
std::string parse_url(const ClientJson& object, domain::ValidationErrors& errors) {
  return domain::required_text("url", text_field(object, "url"),
                               {.at_most = domain::max_webhook_url_length}, errors);
}

domain::WebhookChange parse_change(const ClientJson& object) {
  domain::WebhookChange change;
  domain::ValidationErrors errors;
  if (!text_field(object, "url").is_absent()) change.url = parse_url(object, errors);
  if (const auto enabled = object.find("enabled"); enabled != object.end() && !enabled->is_null()) {
    if (enabled->is_boolean()) {
      change.enabled = enabled->get<bool>();
    } else {
      errors.add("enabled must be true or false");
    }
  }
  errors.throw_if_any("The webhook has faults");
  return change;
}

std::int64_t parse_event_id(const Request& request) {
  const std::string& text = request.parameter("event_id");
  std::int64_t id = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (failure == std::errc() && end == text.data() + text.size()) return id;
  throw domain::Error(domain::ErrorCode::not_found, "There is no event " + domain::excerpt(text));
}

/// Demo mode asks for no password and allows calls from pages of other sites, which could redirect
/// our events to themselves for good.
void require_own_page(const Request& request, const Services& services) {
  const std::string* origin = request.find_header("Origin");
  if (services.accounts != nullptr || origin == nullptr) return;
  if (is_from_own_page(request, *origin)) return;
  throw domain::Error(domain::ErrorCode::forbidden,
                      "In demo mode, webhooks are changed on this server's own pages alone, and "
                      "this request comes from " +
                          (origin->size() > 200 ? std::string("elsewhere") : *origin));
}

/// Asks the name service, so no unit of work may be open meanwhile.
void require_address(const Request& request, const Services& services, const std::string& url) {
  request.before_wait();
  get_webhooks(services).require_address(url);
}

}  // namespace

Query list_webhooks(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    Json rows = Json::array();
    for (const auto& webhook : reader.webhooks().list()) rows.push_back(to_json(webhook));
    return json_response(200, Json{{"webhooks", std::move(rows)}}, request);
  };
}

Command add_webhook(const Request& request, const Services& services) {
  require_own_page(request, services);
  const ClientJson object = parse_object(request);
  domain::ValidationErrors errors;
  const std::string url = parse_url(object, errors);
  const std::string secret = parse_secret(object, errors);
  errors.throw_if_any("The webhook has faults");
  require_address(request, services, url);
  return [&request, &services, url, secret](domain::Tx& tx) {
    const auto webhook = get_webhooks(services).service().add(tx, url, secret, request.caller());
    Json body = to_json(webhook);
    body["secret"] = std::string(secret_prefix) + crypto::to_base64(webhook.secret);
    Response response = private_json_response(201, std::move(body), request);
    response.set("Location", "/api/v1/admin/webhooks/" + webhook.id);
    return response;
  };
}

Command change_webhook(const Request& request, const Services& services) {
  require_own_page(request, services);
  const auto change = parse_change(parse_object(request));
  if (change.url) require_address(request, services, *change.url);
  return [&request, &services, change](domain::Tx& tx) {
    const auto webhook = get_webhooks(services).service().change(tx, request.parameter("id"),
                                                                 change, request.caller());
    return json_response(200, to_json(webhook), request);
  };
}

Command remove_webhook(const Request& request, const Services& services) {
  require_own_page(request, services);
  return [&request, &services](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    get_webhooks(services).service().remove(tx, id, request.caller());
    return json_response(200, {{"id", id}, {"removed", true}}, request);
  };
}

Response test_webhook(const Request& request, const Services& services) {
  require_own_page(request, services);
  parse_object(request, true);
  const auto webhook = services.store.read(
      [&](domain::Reader& reader) { return reader.webhooks().get(request.parameter("id")); });
  request.before_wait();
  const auto result = get_webhooks(services).test(webhook);
  return json_response(200,
                       {{"delivered", result.result == domain::DeliveryResult::Result::delivered},
                        {"status_code", status_unless_zero(result.status_code)},
                        {"error", text_unless_empty(result.error)},
                        {"took_ms", result.took.count()}},
                       request);
}

Query get_log(const Request& request, const Services&) {
  return [&request, state = find_choice(request, "state", all_states),
          page = parse_page(request)](domain::Reader& reader) {
    const auto webhook = reader.webhooks().get(request.parameter("id"));
    const auto slice = reader.outbox().list_deliveries(webhook.id, state, page);
    Json rows = Json::array();
    for (const auto& delivery : slice.rows) rows.push_back(to_json(delivery));
    return json_response(
        200, {{"deliveries", std::move(rows)}, {"next_cursor", text_or_null(slice.next_cursor)}},
        request);
  };
}

Command resend(const Request& request, const Services& services) {
  require_own_page(request, services);
  parse_object(request, true);
  return [&request, &services, event_id = parse_event_id(request)](domain::Tx& tx) {
    const auto webhook = tx.webhooks().get(request.parameter("id"));
    domain::send_again(tx, webhook.id, event_id, domain::to_rfc3339(services.now()));
    return json_response(200, {{"target", webhook.id}, {"event_id", event_id}}, request);
  };
}

}  // namespace hss::api
