#include "domain/lifecycle.h"

#include <utility>
#include <vector>

#include "domain/enum_names.h"
#include "domain/error.h"
#include "domain/faults.h"
#include "domain/form_text.h"

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

constexpr std::size_t longest_reason = 500;

}  // namespace

std::string_view to_text(Status status) {
  return names[status];
}

std::optional<Status> find_status(std::string_view text) {
  return names.find(text);
}

bool may_step(Status from, Status to) {
  for (const auto& step : steps) {
    if (step.first == from && step.second == to) return true;
  }
  return false;
}

void require_step(Status from, Status to) {
  if (may_step(from, to)) return;
  std::vector<std::string> details;
  if (to == Status::paid) details.emplace_back("paid is reached by a payment alone");
  if (from == Status::approved && to == Status::collected) {
    details.emplace_back("the booking must be paid before it is collected");
  }
  throw Error(ErrorCode::conflict,
              "Invalid status transition: " + std::string(to_text(from)) + " -> " +
                  std::string(to_text(to)),
              std::move(details));
}

StatusRequest validate_status_request(StatusRequest request) {
  request.reason = normal_text(request.reason);
  Faults faults;
  if (!request.reason.empty()) {
    faults.check_text("reason", request.reason,
                      {.at_most = longest_reason, .may_break_lines = true});
  } else if (request.to == Status::declined) {
    faults.add("reason is required");
  }
  faults.throw_if_any("The status change has faults");
  return request;
}

}  // namespace hss::domain
