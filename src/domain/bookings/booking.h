#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "domain/bookings/contact.h"
#include "domain/bookings/handback.h"
#include "domain/bookings/item.h"
#include "domain/bookings/lifecycle.h"
#include "domain/bookings/pickup_method.h"
#include "domain/bookings/pricing.h"

namespace hss::domain {

/// A booking request, checked and normalised (made by booking_form.h).
struct BookingDraft {
  std::string customer_name;
  std::string email;        ///< lower case; empty only with a telephone number, from staff
  std::string pickup_date;  ///< YYYY-MM-DD
  std::string pickup_window;
  std::string address;
  std::vector<Item> items;
  int duration_months = min_months;
  bool override = false;  ///< staff book, whatever the calendar says
  /// The amounts that the client showed its user, in rand; absent ones are not compared. They are
  /// no Money, as an amount that is no whole number of cents differs from every price.
  std::optional<double> stated_monthly_subtotal, stated_handling_fee, stated_total;
  Contact contact = {};
  /// Where the server writes the address, whatever `address` says; empty: it does not.
  std::string residence_id = {};
  std::string room = {};
  int terms_version = 0;     ///< of the terms that the customer accepted; 0: not told
  bool early_start = false;  ///< the customer waives the days in which they may change their mind
  PickupMethod pickup_method = PickupMethod::collect;
};

/// A booking in its current state. Its items are fetched separately (Reader::find_items), as lists
/// do not need them.
struct Booking {
  std::string id;  ///< `HSS-` and ten characters of Crockford base 32
  std::string customer_name;
  std::string email;  ///< empty: staff call
  std::string pickup_date;
  std::string pickup_window;
  std::string address;  ///< empty only if it was brought
  int item_count = 0;
  Quote price;  ///< as agreed when it was created
  Status status = Status::submitted;
  std::string created_at;  ///< RFC 3339, UTC
  std::string updated_at;
  std::optional<std::string> payment_reference;  ///< set once paid
  std::optional<std::string> owner;  ///< id of the customer's account; empty: booked without one
  Contact contact = {};
  std::int64_t version = 1;       ///< counts what happens to it, its payment and its photos
  std::string collected_on = {};  ///< the day in South Africa; empty: not yet
  std::optional<Handback> handback = std::nullopt;  ///< as the customer asked for it
  int failed_trips = 0;           ///< stops at which nothing could be done, but those undone
  bool needs_new_date = false;    ///< the last stop failed; the customer chooses another day
  int last_item_id = 0;           ///< the highest id that an item of it was ever given
  std::string residence_id = {};  ///< of which `address` was written; empty: of none
  std::string room = {};          ///< in that residence
  int terms_version = 0;          ///< of the terms that the customer accepted; 0: not told
  bool early_start = false;       ///< collection may begin while the customer may change their mind
  PickupMethod pickup_method = PickupMethod::collect;

  /// The day until which it is stored: its months after the day on which it was collected, or is to
  /// be; the month's last where the month has no such day.
  std::string due_on() const;

  /// True while its items are with the business.
  bool is_with_us() const { return status == Status::collected || status == Status::in_storage; }
};

struct BookingWithItems {
  Booking booking;
  std::vector<Item> items;
};

/// A step in the history of a booking.
struct BookingStep {
  Status status = Status::submitted;
  std::string at;
  std::string actor;  ///< as Event::actor
  std::string actor_role;
  std::optional<std::string> reason;          ///< as given with the step
  std::optional<std::string> payment_method;  ///< of the step to paid, unless it is a correction
  bool is_correction = false;                 ///< true if the step undoes a slip
};

/// What else happened to a booking: a change, or a trip that failed.
struct BookingEvent {
  std::string type;  ///< as Event::type
  std::string at;
  std::string actor;  ///< as Event::actor
  std::string actor_role;
  std::string payload;  ///< a JSON object
};

}  // namespace hss::domain
