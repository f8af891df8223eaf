#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "domain/booking.h"

namespace hss::domain {

/// What a client gave for one member: nothing (or null), something of another type, or a value.
/// Lets the rules of every member, wrong types included, stand in one place in the contract's
/// words.
template <class T>
class Given {
 public:
  Given() = default;
  Given(T value) : state_(std::move(value)) {}
  static Given wrong_type() {
    Given given;
    given.state_ = WrongType{};
    return given;
  }

  bool is_absent() const { return std::holds_alternative<std::monostate>(state_); }
  bool is_wrong_type() const { return std::holds_alternative<WrongType>(state_); }
  const T* value() const { return std::get_if<T>(&state_); }

 private:
  struct WrongType {};
  std::variant<std::monostate, WrongType, T> state_;
};

struct ItemForm {
  Given<std::string> type, name, s3_key;
};

/// A booking as it was filled in, unchecked.
struct BookingForm {
  Given<std::string> customer_name, email, pickup_date, pickup_window, address;
  Given<std::vector<Given<ItemForm>>> items;  ///< an entry is a wrong type where it is no object
  bool pricing_is_wrong_type = false;         ///< `pricing` is there, but no object
  Given<double> duration;                     ///< `pricing.duration`
  Given<double> duration_months;              ///< its top-level spelling
  Given<double> monthly_subtotal, handling_fee, total;  ///< rand, as shown to the user
};

/// What a price is asked for, unchecked.
struct QuoteForm {
  Given<std::vector<Given<ItemForm>>> items;
  Given<double> duration_months;
};

struct QuoteRequest {
  std::vector<ItemType> items;
  int duration_months = min_months;
};

/// The checked draft: text trimmed, e-mail in lower case. Throws Error{validation_error} whose
/// details name every fault at once, in the words of the reference (API.md, "Creating one").
BookingDraft validate(const BookingForm& form);
QuoteRequest validate(const QuoteForm& form);

}  // namespace hss::domain
