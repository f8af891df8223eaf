#include "domain/events/webhook.h"

#include "domain/error.h"
#include "domain/reference.h"
#include "domain/validation/text.h"

namespace hss::domain {

bool is_webhook_id(std::string_view target) {
  return target.starts_with(webhook_prefix);
}

Webhook WebhookReader::get(std::string_view id) {
  if (auto webhook = find(id)) return *std::move(webhook);
  throw Error(ErrorCode::not_found, "There is no webhook " + excerpt(id));
}

}  // namespace hss::domain
