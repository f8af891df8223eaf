#include "domain/events/send_again.h"

#include <string>

#include "domain/error.h"

namespace hss::domain {
namespace {

void require_heard(Tx& tx, std::string_view target) {
  const auto webhook = tx.webhooks().find(target);
  if (webhook && !webhook->enabled) {
    throw Error(ErrorCode::conflict, "Webhook " + webhook->id + " is disabled; enable it first");
  }
}

}  // namespace

void send_again(Tx& tx, std::string_view target, std::int64_t event_id, std::string_view now) {
  require_heard(tx, target);
  if (tx.outbox().retry_delivery(target, event_id, now)) return;
  throw Error(ErrorCode::not_found, "Nothing is known of event " + std::to_string(event_id) +
                                        " at " + std::string(target) +
                                        "; what went well is kept for 7 days at most");
}

std::int64_t send_dead_again(Tx& tx, std::string_view target, std::string_view now) {
  require_heard(tx, target);
  return tx.outbox().retry_dead_lettered(target, now);
}

}  // namespace hss::domain
