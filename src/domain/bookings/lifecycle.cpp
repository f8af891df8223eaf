#include "domain/bookings/lifecycle.h"

#include <utility>
#include <vector>

#include "domain/enum_names.h"
#include "domain/error.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

constexpr EnumNames<Status, all_statuses.size()> names{{"submitted", "approved", "paid",
                                                        "collected", "in_storage", "returned",
                                                        "declined", "cancelled"}};

constexpr std::array<std::pair<Status, Status>, 9> steps{{
    {Status::submitted, Status::approved},
    {Status::submitted, Status::declined},
    {Status::submitted, Status::cancelled},
    {Status::approved, Status::submitted},
    {Status::approved, Status::declined},
    {Status::approved, Status::cancelled},
    {Status::paid, Status::collected},
    {Status::collected, Status::in_storage},
    {Status::in_storage, Status::returned},
}};

constexpr std::array<std::pair<Status, Status>, 3> corrections{{
    {Status::collected, Status::paid},
    {Status::in_storage, Status::collected},
    {Status::returned, Status::in_storage},
}};

constexpr std::size_t max_reason_length = 500;

template <class Steps>
bool has(const Steps& among, Status from, Status to) {
  for (const auto& step : among) {
    if (step.first == from && step.second == to) return true;
  }
  return false;
}

Error invalid_step(Status from, Status to, std::vector<std::string> details) {
  return {ErrorCode::conflict,
          "Invalid status transition: " + std::string(to_text(from)) + " -> " +
              std::string(to_text(to)),
          std::move(details)};
}

}  // namespace

std::string_view to_text(Status status) {
  return names[status];
}

std::optional<Status> find_status(std::string_view text) {
  return names.find(text);
}

bool may_step(Status from, Status to) {
  return has(steps, from, to);
}

void require_step(Status from, Status to) {
  if (may_step(from, to)) return;
  std::vector<std::string> details;
  if (to == Status::paid) details.emplace_back("paid is reached by a payment alone");
  if (from == Status::approved && to == Status::collected) {
    details.emplace_back("the booking must be paid before it is collected");
  }
  throw invalid_step(from, to, std::move(details));
}

void require_standing(Status stands, std::optional<Status> taken_to_stand, Status to) {
  if (!taken_to_stand || *taken_to_stand == stands) return;
  throw invalid_step(
      stands, to,
      {"the booking is " + std::string(to_text(stands)) + " by now, and not " +
       std::string(to_text(*taken_to_stand)) + " as this change takes it to be; look at it again"});
}

bool is_correction(Status from, Status to) {
  return has(corrections, from, to);
}

void require_correction(Status from, Status to, std::string_view reason, std::string_view slip_day,
                        std::string_view today) {
  if (reason.empty()) {
    throw invalid_step(from, to, {"a slip of today is corrected with a reason; send one"});
  }
  if (slip_day != today) {
    throw invalid_step(from, to,
                       {"a slip can be corrected on its own day alone; the booking is " +
                        std::string(to_text(from)) + " since " + std::string(slip_day)});
  }
}

StatusRequest validate_status_request(StatusRequest request) {
  request.reason = normal_text(request.reason);
  ValidationErrors errors;
  if (!request.reason.empty()) {
    errors.check_text("reason", request.reason,
                      {.at_most = max_reason_length, .may_break_lines = true});
  } else if (request.to == Status::declined) {
    errors.add("reason is required");
  }
  errors.throw_if_any("The status change has faults");
  return request;
}

}  // namespace hss::domain
