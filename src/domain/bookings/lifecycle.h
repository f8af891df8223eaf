#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

/// The states of a booking (API.md, "Lifecycle"). schema.sql enforces the same steps again.
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

/// Ordered as the lifecycle; ends other than `returned` come last.
inline constexpr std::array all_statuses{Status::submitted, Status::approved,   Status::paid,
                                         Status::collected, Status::in_storage, Status::returned,
                                         Status::declined,  Status::cancelled};

/// The states with work left for staff: the queue, and the columns of its board.
inline constexpr std::array queue_statuses{Status::submitted, Status::approved, Status::paid,
                                           Status::collected, Status::in_storage};

/// The states of a booking that was neither declined nor cancelled, so that staff come for it.
inline constexpr std::array kept_statuses{Status::submitted, Status::approved,   Status::paid,
                                          Status::collected, Status::in_storage, Status::returned};

std::string_view to_text(Status status);
std::optional<Status> find_status(std::string_view text);

/// True if a person may request this step. `approved → paid` is not among them: only the payment
/// takes it.
bool may_step(Status from, Status to);

/// Throws Error{conflict} "Invalid status transition: X -> Y" unless `may_step(from, to)`.
void require_step(Status from, Status to);

/// Throws Error{conflict} in the words of require_step() if a booking in the state `stands` was
/// expected in another one.
void require_standing(Status stands, std::optional<Status> taken_to_stand, Status to);

/// True if the step undoes a slip: `collected → paid`, `in_storage → collected`, `returned →
/// in_storage`. may_step() is false for all of them.
bool is_correction(Status from, Status to);

/// Throws Error{conflict} in the words of require_step() unless there is a reason and the slip was
/// made on the day of the correction, both as returned by to_day().
void require_correction(Status from, Status to, std::string_view reason, std::string_view slip_day,
                        std::string_view today);

/// A requested step.
struct StatusRequest {
  Status to = Status::submitted;
  std::string reason;  ///< required when declining or correcting; may be empty otherwise
  /// The state that the client believes the booking is in; empty: any.
  std::optional<Status> from = std::nullopt;
};

/// Checks a request by itself, whatever the booking's state: trims the reason, limits it to 500
/// characters, requires it when declining. Throws Error{validation_error} with every error.
StatusRequest validate_status_request(StatusRequest request);

}  // namespace hss::domain
