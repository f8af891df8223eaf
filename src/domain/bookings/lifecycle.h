#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

/// Where a booking stands (API.md, "Lifecycle"). schema.sql holds the same steps as a second wall.
enum class Status {
  submitted,
  approved,
  paid,
  collected,
  in_storage,
  returned,
  declined,
  cancelled
};

/// In the order of the lifecycle, ends that are not `returned` last.
inline constexpr std::array all_statuses{Status::submitted, Status::approved,   Status::paid,
                                         Status::collected, Status::in_storage, Status::returned,
                                         Status::declined,  Status::cancelled};

/// Those with work left for staff: the queue, and the columns of its board.
inline constexpr std::array queue_statuses{Status::submitted, Status::approved, Status::paid,
                                           Status::collected, Status::in_storage};

std::string_view to_text(Status status);
std::optional<Status> find_status(std::string_view text);

/// True where a person may ask for this step. `approved → paid` is not among them: the payment
/// alone takes it.
bool may_step(Status from, Status to);

/// Throws Error{conflict} "Invalid status transition: X -> Y" unless `may_step(from, to)`.
void require_step(Status from, Status to);

/// Throws Error{conflict} in the words of require_step() where a booking that `stands` somewhere
/// was taken to stand elsewhere.
void require_standing(Status stands, std::optional<Status> taken_to_stand, Status to);

/// True where the step takes back a slip: `collected → paid`, `in_storage → collected`,
/// `returned → in_storage`. None of them `may_step()`.
bool is_correction(Status from, Status to);

/// Throws Error{conflict} in the words of require_step() unless there is a reason and the slip was
/// made on the day of the correction, both as to_day() gives them.
void require_correction(Status from, Status to, std::string_view reason, std::string_view slip_day,
                        std::string_view today);

/// What a person asks for.
struct StatusRequest {
  Status to = Status::submitted;
  std::string reason;  ///< said when declining or correcting; may be empty otherwise
  /// Where the booking stands in the eyes of whoever asks; empty: wherever it does.
  std::optional<Status> from = std::nullopt;
};

/// Checks a request's own words, whatever the booking's state: trims the reason, bounds it at 500
/// characters, requires it when declining. Throws Error{validation_error} with every fault.
StatusRequest validate_status_request(StatusRequest request);

}  // namespace hss::domain
