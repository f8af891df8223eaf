#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "domain/bookings/booking.h"
#include "domain/bookings/booking_change.h"
#include "domain/validation/field.h"

namespace hss::domain {

struct ItemForm {
  Field<std::string> type, name, s3_key;
  Field<std::vector<Field<std::string>>> photos;
  Field<double> id;  ///< of a change alone: the item that stays
};

/// An unchecked booking request.
struct BookingForm {
  Field<std::string> customer_name, email, pickup_date, pickup_window, address;
  Field<std::vector<Field<ItemForm>>> items;  ///< an entry is a wrong type if it is no object
  bool pricing_is_wrong_type = false;         ///< `pricing` is present, but no object
  Field<double> duration;                     ///< `pricing.duration`
  Field<double> duration_months;              ///< its top-level spelling
  Field<double> monthly_subtotal, handling_fee, total;  ///< rand, as shown to the user
  Field<bool> override;
  ContactForm contact;
  Field<std::string> residence_id, room;
  Field<double> terms_version;
  Field<bool> early_start;
  Field<std::string> pickup_method;
};

/// Who fills in the form: staff book for somebody else, and may leave out their e-mail where there
/// is a telephone number.
enum class Booker { customer, staff };

/// An unchecked change of a booking.
struct BookingChangeForm {
  Field<std::string> pickup_date, pickup_window, address, residence_id, room;
  ContactForm contact;
  Field<std::vector<Field<ItemForm>>> items;  ///< an entry is a wrong type if it is no object
  Field<double> duration_months;
  Field<std::string> return_date, return_window, return_address, return_residence_id, return_room;
  Field<std::string> return_method;
  Field<double> expected_total;  ///< rand
  Field<bool> override;
};

/// An unchecked request for a price.
struct QuoteForm {
  Field<std::vector<Field<ItemForm>>> items;
  Field<double> duration_months;
};

struct QuoteRequest {
  std::vector<Item> items;  ///< with today's prices
  int duration_months = min_months;
};

/// Returns the checked draft: text trimmed, e-mail in lower case. Whether its types are offered,
/// with_todays_prices() says. Throws Error{validation_error} whose details name every error at
/// once, types too, in the words of the reference (API.md, "Creating one"); only then is the
/// catalogue read.
BookingDraft validate(const BookingForm& form, const std::function<Catalog()>& read_catalog,
                      Booker booker = Booker::customer);
QuoteRequest validate(const QuoteForm& form, const Catalog& catalog);
BookingChange validate(const BookingChangeForm& form);

}  // namespace hss::domain
