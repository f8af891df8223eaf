#include "domain/bookings/booking_change.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "domain/bookings/booking_service.h"
#include "domain/bookings/stop_address.h"
#include "domain/error.h"
#include "domain/uploads/claims.h"
#include "domain/validation/json_string.h"

namespace hss::domain {
namespace {

bool is_over(Status status) {
  return status == Status::returned || status == Status::declined || status == Status::cancelled;
}

bool is_paid(Status status) {
  return status == Status::paid || status == Status::collected || status == Status::in_storage;
}

Error bad_change(std::string detail) {
  return {ErrorCode::validation_error, "The change has faults", {std::move(detail)}};
}

bool touches_return(const BookingChange& change) {
  return change.return_date || change.return_window || change.return_address ||
         change.return_residence_id || change.return_room || change.return_method;
}

std::optional<Handback> changed_return(ResidenceReader& residences, const Booking& booking,
                                       const BookingChange& change) {
  if (!touches_return(change)) return booking.handback;
  if (change.return_date && change.return_date->empty()) return std::nullopt;
  Handback handback = booking.handback.value_or(Handback{});
  handback.date = change.return_date.value_or(handback.date);
  handback.window = change.return_window.value_or(handback.window);
  handback.method = change.return_method.value_or(handback.method);
  StopAddress at = changed_address(
      residences, {handback.address, handback.residence_id, handback.room},
      {change.return_address, change.return_residence_id, change.return_room}, "return_");
  if (handback.method == ReturnMethod::collect_at_store) at = {};
  handback.address = std::move(at.address);
  handback.residence_id = std::move(at.residence_id);
  handback.room = std::move(at.room);
  if (handback.date.empty()) throw bad_change("return_date is required");
  if (handback.method == ReturnMethod::deliver && handback.window.empty()) {
    throw bad_change("return_window is required");
  }
  return handback;
}

/// The items as they are wanted; none where they stay as they are.
std::optional<ItemsChange> find_items_change(Tx& tx, const Booking& booking,
                                             const BookingChange& change) {
  if (!change.items) return std::nullopt;
  ItemsChange items{.before = tx.bookings().find_items(booking.id), .after = {}};
  items.after =
      changed_items(items.before, *change.items, booking.last_item_id, tx.catalog().get());
  const bool stays =
      !items.has_other_items() && describe_names(items.before) == describe_names(items.after);
  return stays ? std::nullopt : std::optional(std::move(items));
}

void set_items(Booking& booking, const std::vector<Item>& items) {
  booking.item_count = static_cast<int>(items.size());
  for (const Item& item : items) booking.last_item_id = std::max(booking.last_item_id, item.id);
  // The fee is the one that was agreed.
  booking.price = quote(items, booking.price.handling_fee, booking.price.duration_months);
}

Booking changed(ResidenceReader& residences, Booking booking, const BookingChange& change,
                const std::optional<ItemsChange>& items) {
  if (items && items->has_other_items()) set_items(booking, items->after);
  booking.pickup_date = change.pickup_date.value_or(booking.pickup_date);
  booking.pickup_window = change.pickup_window.value_or(booking.pickup_window);
  StopAddress at =
      changed_address(residences, {booking.address, booking.residence_id, booking.room},
                      {change.address, change.residence_id, change.room}, "");
  booking.address = std::move(at.address);
  booking.residence_id = std::move(at.residence_id);
  booking.room = std::move(at.room);
  booking.contact = change.contact.applied_to(std::move(booking.contact));
  booking.handback = changed_return(residences, booking, change);
  Quote& price = booking.price;
  price.duration_months = change.duration_months.value_or(price.duration_months);
  price.total = price.monthly_subtotal * price.duration_months + price.handling_fee;
  return booking;
}

/// A member that a change may touch, before and after it.
struct Member {
  std::string_view name;
  std::string from, to;
  bool is_personal = false;
};

std::vector<Member> changed_members(const Booking& before, const Booking& after,
                                    const std::optional<ItemsChange>& items) {
  const Handback none{};
  const Handback& from = before.handback ? *before.handback : none;
  const Handback& to = after.handback ? *after.handback : none;
  const auto method_of = [](const Booking& booking) {
    return booking.handback ? std::string(to_text(booking.handback->method)) : std::string();
  };
  std::vector<Member> members{
      {"pickup_date", before.pickup_date, after.pickup_date},
      {"pickup_window", before.pickup_window, after.pickup_window},
      {"address", before.address, after.address, true},
      {"residence_id", before.residence_id, after.residence_id},
      {"room", before.room, after.room, true},
      {"phone", before.contact.phone, after.contact.phone, true},
      {"whatsapp", before.contact.whatsapp, after.contact.whatsapp, true},
      {"access_notes", before.contact.access_notes, after.contact.access_notes, true},
      {"duration_months", std::to_string(before.price.duration_months),
       std::to_string(after.price.duration_months)},
      {"total", in_rand(before.price.total), in_rand(after.price.total)},
      {"return_date", from.date, to.date},
      {"return_window", from.window, to.window},
      {"return_address", from.address, to.address, true},
      {"return_residence_id", from.residence_id, to.residence_id},
      {"return_room", from.room, to.room, true},
      {"return_method", method_of(before), method_of(after)}};
  if (items) {
    members.push_back(
        {"item_names", describe_names(items->before), describe_names(items->after), true});
  }
  std::erase_if(members, [](const Member& member) { return member.from == member.to; });
  // A box may have made room for another box, which the words do not tell apart.
  if (items && items->has_other_items()) {
    members.push_back({"items", describe_items(items->before), describe_items(items->after)});
  }
  return members;
}

bool has_any(const std::vector<Member>& members, std::initializer_list<std::string_view> names) {
  return std::any_of(members.begin(), members.end(), [&](const Member& member) {
    return std::find(names.begin(), names.end(), member.name) != names.end();
  });
}

bool changes_pickup(const std::vector<Member>& members) {
  return has_any(members, {"pickup_date", "pickup_window", "address", "residence_id", "room"});
}

bool changes_return(const std::vector<Member>& members) {
  return has_any(members, {"return_date", "return_window", "return_address", "return_residence_id",
                           "return_room", "return_method"});
}

Error left_to_staff(const Booking& booking, std::string_view what, std::string_view reason) {
  return {ErrorCode::conflict,
          "The " + std::string(what) + " of booking " + booking.id +
              " can no longer be changed here; please ask us",
          {"reason=" + std::string(reason)}};
}

/// A failed trip leaves its window behind, and the customer chooses another.
void require_in_time(Tx& tx, const Booking& booking, std::string_view what, std::string_view date,
                     std::string_view window, Instant now) {
  if (booking.needs_new_date || !is_too_late_to_leave(tx, date, window, now)) return;
  throw left_to_staff(booking, what, "lead");
}

void require_before_pickup(Tx& tx, const Booking& booking, std::string_view what, Instant now) {
  if (booking.status == Status::collected || booking.status == Status::in_storage) {
    throw left_to_staff(booking, what, "collected");
  }
  require_in_time(tx, booking, what, booking.pickup_date, booking.pickup_window, now);
}

void require_customers_right(Tx& tx, const Booking& booking, const std::vector<Member>& members,
                             Instant now) {
  if (changes_pickup(members)) require_before_pickup(tx, booking, "pickup", now);
  if (has_any(members, {"items", "item_names"})) {
    require_before_pickup(tx, booking, "list of items", now);
  }
  if (!is_paid(booking.status) && has_any(members, {"duration_months"})) {
    require_in_time(tx, booking, "length", booking.pickup_date, booking.pickup_window, now);
  }
  if (!changes_return(members)) return;
  if (!is_paid(booking.status)) throw left_to_staff(booking, "return", "unpaid");
  if (booking.handback) {
    require_in_time(tx, booking, "return", booking.handback->date, booking.handback->window, now);
  }
}

void require_changeable(Tx& tx, const Booking& booking, const std::vector<Member>& members,
                        const Principal& principal, Instant now) {
  if (is_over(booking.status)) {
    throw Error(ErrorCode::conflict, "Booking " + booking.id + " is " +
                                         std::string(to_text(booking.status)) +
                                         " and can no longer be changed");
  }
  if (is_paid(booking.status) && has_any(members, {"duration_months", "items", "total"})) {
    throw Error(ErrorCode::unpaid_change,
                "The booking is paid; its items and price can no longer be changed here");
  }
  if (!principal.is_staff()) require_customers_right(tx, booking, members, now);
}

void require_return_after_pickup(const Booking& booking) {
  const std::string& from =
      booking.collected_on.empty() ? booking.pickup_date : booking.collected_on;
  if (!booking.handback || booking.handback->date >= from) return;
  throw bad_change("return_date must not be before the pickup");
}

/// A booking that staff made may lack what others have.
void require_reachable(const Booking& booking) {
  if (booking.email.empty() && booking.contact.phone.empty()) {
    throw bad_change("phone is required, as the booking has no e-mail");
  }
  const auto& handback = booking.handback;
  if (handback && handback->method == ReturnMethod::deliver && handback->address.empty() &&
      booking.address.empty()) {
    throw bad_change("return_address is required, as the booking has no address");
  }
}

std::string json_of_personal(const std::vector<Member>& members) {
  std::string json;
  for (const Member& member : members) {
    if (!member.is_personal) continue;
    json += json.empty() ? "{" : ",";
    append_json_string(json, member.name);
    append_json_string(json += R"(:{"from":)", member.from);
    append_json_string(json += R"(,"to":)", member.to);
    json += '}';
  }
  return json.empty() ? json : json + "}";
}

Payload payload_of(const std::vector<Member>& members) {
  std::string fields;
  for (const Member& member : members) {
    fields.append(fields.empty() ? "" : ",").append(member.name);
  }
  Payload payload{{"fields", std::move(fields)}};
  for (const Member& member : members) {
    if (member.is_personal) continue;
    payload.emplace_back(std::string(member.name) + "_from", member.from);
    payload.emplace_back(std::string(member.name) + "_to", member.to);
  }
  return payload;
}

std::string random_salt(const RandomBytes& random) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::uint8_t, 16> bytes{};
  random(bytes);
  std::string salt;
  for (const std::uint8_t byte : bytes) {
    salt += digits[byte / digits.size()];
    salt += digits[byte % digits.size()];
  }
  return salt;
}

/// The photos of items that are gone follow them, and new items claim theirs.
void move_photos(Tx& tx, const Booking& booking, const ItemsChange& items, Claims& claims,
                 const Caller& caller, Instant now) {
  std::vector<int> removed;
  for (const Item& item : items.before) {
    const bool stays = std::any_of(items.after.begin(), items.after.end(),
                                   [&](const Item& other) { return other.id == item.id; });
    if (!stays) removed.push_back(item.id);
  }
  erase_photos(tx, booking.id, removed, caller, now);
  claims.claim(tx, booking.id);
}

/// Until an owner says otherwise, they are asked again.
bool needs_approval_again(Tx& tx) {
  return tx.calendar().find().value_or(Calendar{}).changes_need_approval;
}

/// True once the booking has another day, or window, for the stop that failed.
bool has_new_date(const Booking& booking, const std::vector<Member>& members) {
  const bool is_of_return = !booking.collected_on.empty();
  return is_of_return ? has_any(members, {"return_date", "return_window", "return_method"})
                      : has_any(members, {"pickup_date", "pickup_window"});
}

}  // namespace

Booking BookingService::change(Tx& tx, std::string_view booking_id, const BookingChange& change,
                               const Caller& caller) const {
  const Booking before = tx.bookings().get(booking_id, caller.principal);
  require_override_of_staff(change.override, caller.principal);
  const auto items = find_items_change(tx, before, change);
  Booking after = changed(tx.residences(), before, change, items);
  const auto members = changed_members(before, after, items);
  const Instant instant = now_();
  if (!members.empty()) require_changeable(tx, before, members, caller.principal, instant);
  const bool has_new_price = before.price.total != after.price.total;
  if (differs(change.expected_total, after.price.total) ||
      (has_new_price && !change.expected_total)) {
    throw price_changed(after.price);
  }
  if (members.empty()) return before;
  if (changes_return(members) || changes_pickup(members)) require_return_after_pickup(after);
  require_reachable(after);
  after.updated_at = to_rfc3339(instant);
  Claims claims(tx, items ? items->after : std::vector<Item>(), caller.principal, after.updated_at,
                before.last_item_id);
  move_places(tx, before, after, change.override, unknown_window_, instant);
  ++after.version;
  if (has_new_date(after, members)) after.needs_new_date = false;
  const std::string hash =
      tx.bookings().change(before, after, items, random_salt(random_), json_of_personal(members));
  if (items) move_photos(tx, after, *items, claims, caller, instant);
  Payload payload = payload_of(members);
  payload.emplace_back("version", after.version);
  if (!hash.empty()) payload.emplace_back("personal_sha256", hash);
  if (change.override) payload.emplace_back("override", true);
  record(tx, "booking_changed", after.id, std::move(payload), caller, after.updated_at);
  const bool asks_again = !caller.principal.is_staff() && after.status == Status::approved &&
                          (has_new_price || has_any(members, {"items", "pickup_date"})) &&
                          needs_approval_again(tx);
  if (asks_again) submit_again(tx, after, caller);
  return after;
}

/// What the approval was given for is no longer so.
void BookingService::submit_again(Tx& tx, Booking& booking, const Caller& caller) const {
  booking.status = Status::submitted;
  tx.bookings().update_status(booking);
  ++booking.version;
  record(tx, "status_updated", booking.id,
         {{"from", std::string(to_text(Status::approved))},
          {"to", std::string(to_text(Status::submitted))},
          {"actor_role", std::string(to_text(caller.principal.role))},
          {"reason", "The customer changed the booking"}},
         caller, booking.updated_at);
}

}  // namespace hss::domain
