#include "domain/expiry.h"

#include "domain/accounts/account_service.h"
#include "domain/bookings/claim_code.h"
#include "domain/events/outbox.h"
#include "domain/idempotency_record.h"

namespace hss::domain {

Expiry expiry_at(Instant now) {
  return {.now = to_rfc3339(now),
          .idempotency_records_from = to_rfc3339(now - idempotency_key_lifetime),
          .answers_to = to_rfc3339(now + idempotency_key_lifetime),
          .pin_failures_from = to_rfc3339(now - pin_failure_lasts),
          .claim_failures_from = to_rfc3339(now - claim_failure_lasts),
          .trusted_devices_from = to_rfc3339(now - trusted_device_lifetime),
          .deliveries_from = to_rfc3339(now - delivery_log_lasts)};
}

}  // namespace hss::domain
