#include "events/webhook_sender.h"

#include <algorithm>

#include "domain/error.h"
#include "events/retry_after.h"
#include "events/webhook_signature.h"
#include "outgoing/public_address.h"

namespace hss::events {
namespace {

using std::chrono::seconds;

constexpr int gone = 410;
/// Responses with these statuses may have a Retry-After header.
constexpr int too_many_requests = 429, unavailable = 503;

domain::Error bad_url(const std::string& error) {
  return {domain::ErrorCode::validation_error, "The webhook has faults", {error}};
}

outgoing::ClientOptions options_of(const WebhookCalls& calls) {
  outgoing::ClientOptions options{.connect_timeout = calls.connect_timeout,
                                  .answer_timeout = calls.answer_timeout,
                                  .resolver = calls.resolver};
  if (!calls.may_be_private) options.may_connect = outgoing::is_public_address;
  return options;
}

/// A stored URL that today's rules reject becomes an empty one, which no request goes to.
outgoing::Url url_of(const domain::Webhook& webhook) {
  return outgoing::parse_url(webhook.url).value_or(outgoing::Url{});
}

}  // namespace

void require_webhook_address(const WebhookCalls& calls, const std::string& url) {
  const auto parsed = outgoing::parse_url(url);
  if (!parsed || url.size() > domain::max_webhook_url_length) {
    throw bad_url(
        "url must be an http:// or https:// address of at most 2000 characters, without a name or "
        "password in it");
  }
  outgoing::Lookup lookup(calls.resolver, parsed->host);
  const auto addresses = lookup.wait(std::chrono::steady_clock::now() + calls.connect_timeout);
  if (addresses.empty()) {
    throw bad_url("url names a host that is not known here: " + parsed->host);
  }
  if (!calls.may_be_private &&
      !std::all_of(addresses.begin(), addresses.end(), outgoing::is_public_address)) {
    throw bad_url(
        "url must not lead into a private network; start the server with --allow-private-webhooks "
        "if it should");
  }
}

WebhookSender::WebhookSender(const WebhookCalls& calls, const domain::Webhook& webhook)
    : now_(calls.now),
      secret_(webhook.secret),
      url_(url_of(webhook)),
      client_(url_, options_of(calls)) {}

domain::DeliveryResult WebhookSender::send(const std::string& id, const std::string& body,
                                           domain::Deadline deadline) {
  using Result = domain::DeliveryResult::Result;
  const std::int64_t timestamp =
      std::chrono::duration_cast<seconds>(now_().time_since_epoch()).count();
  const auto sent = client_.send(
      {.method = "POST",
       .target = url_.target,
       .headers = {{"Content-Type", "application/json"},
                   {"User-Agent", "hss"},
                   {"webhook-id", id},
                   {"webhook-timestamp", std::to_string(timestamp)},
                   {"webhook-signature", webhook_signature(secret_, id, timestamp, body)}},
       .body = body,
       .deadline = deadline});
  domain::DeliveryResult result{.error = sent.sentence, .took = sent.took};
  if (!sent.response) return result;
  result.status_code = sent.response->status;
  if (result.status_code >= 200 && result.status_code < 300) {
    result.result = Result::delivered;
  } else if (result.status_code == gone) {
    result.result = Result::permanent_failure;
    result.error = "The answer was 410: the receiver wants no more messages";
  } else {
    result.error = "The answer was " + std::to_string(result.status_code);
    if (result.status_code == too_many_requests || result.status_code == unavailable) {
      result.retry_after = parse_retry_after(sent.response->header("Retry-After"), now_());
    }
  }
  return result;
}

}  // namespace hss::events
