#include "domain/accounts/ticket_store.h"

#include <chrono>

namespace hss::domain {

Error too_many_tickets() {
  return Error::rate_limited("Too many tickets are waiting to be used; please try again",
                             std::chrono::seconds(5));
}

}  // namespace hss::domain
