#include <nlohmann/json.hpp>

#include "api/bookings/booking_json.h"
#include "api/http/json.h"
#include "domain/error.h"
#include "domain/validation/text.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

using domain::character_count;

const domain::Catalog catalog{.items = {{"bed", "Bed", "bed", {25000}},
                                        {"box", "Box", "box", {6000}},
                                        {"fridge", "Fridge", "fridge", {30000}},
                                        {"other", "Other", "other", {12000}},
                                        {"suitcase", "Suitcase", "suitcase", {8000}}},
                              .handling_fee = {35000}};

void require_text(const std::string& text, std::size_t min_length, std::size_t max_length) {
  require(api::is_utf8(text), "a text that is not UTF-8");
  require(domain::trim(text) == text, "a text that is not trimmed");
  require(!domain::has_control_characters(text), "a text with control characters");
  require(character_count(text) >= min_length && character_count(text) <= max_length,
          "a text out of its bounds");
}

/// Both writers must produce the same JSON.
void require_written(const domain::Booking& booking, const domain::BookingDraft& draft) {
  api::JsonText text;
  text.open('{');
  write(text, booking);
  write(text, draft.items);
  const auto written = api::Json::parse(text.close('}').take());
  require(written["customer_name"] == booking.customer_name, "another name was written");
  require(written["address"] == booking.address, "another address was written");
  require(written["total"] == api::to_json(booking.price.total), "another total was written");
  require(written["items"].size() == draft.items.size(), "other items were written");
  for (std::size_t i = 0; i < draft.items.size(); ++i) {
    require(written["items"][i]["item_name"] == api::text_or_null(draft.items[i].name),
            "another item was written");
  }
}

void require_good(const domain::BookingDraft& draft) {
  require_text(draft.customer_name, 2, 120);
  if (draft.email.empty()) {
    require(!draft.contact.phone.empty(), "somebody who cannot be reached");
  } else {
    require_text(draft.email, 3, 254);
    require(domain::is_email(draft.email) && domain::to_lower(draft.email) == draft.email,
            "an e-mail that is none");
  }
  require_text(draft.pickup_date, 10, 10);
  require_text(draft.pickup_window, 1, 40);
  const bool needs_address =
      draft.pickup_method == domain::PickupMethod::collect && draft.residence_id.empty();
  if (!draft.address.empty() || needs_address) {
    require_text(draft.address, 1, 500);
  }
  require(draft.terms_version >= 0, "terms that there cannot be");
  require(!draft.items.empty() && draft.items.size() <= 200, "too many items, or none");
  require(draft.duration_months >= 1 && draft.duration_months <= 12, "too many months, or none");
  for (const auto& item : draft.items) {
    if (item.name) require_text(*item.name, 1, 80);
    if (item.s3_key) require_text(*item.s3_key, 1, 512);
  }
  const auto items = domain::with_todays_prices(catalog, draft.items);
  const auto price = domain::quote(items, catalog.handling_fee, draft.duration_months);
  require(price.total.cents ==
              price.monthly_subtotal.cents * draft.duration_months + price.handling_fee.cents,
          "a price that is not its sum");
  require_written({.id = "HSS-0000000000",
                   .customer_name = draft.customer_name,
                   .email = draft.email,
                   .pickup_date = draft.pickup_date,
                   .pickup_window = draft.pickup_window,
                   .address = draft.address,
                   .item_count = static_cast<int>(draft.items.size()),
                   .price = price},
                  draft);
}

}  // namespace

void forms(std::string_view input) {
  api::Request request;
  request.body = input;
  // Each parser rejects only with a domain::Error.
  try {
    const auto object = api::parse_object(request);
    for (const auto booker : {domain::Booker::customer, domain::Booker::staff}) {
      try {
        require_good(domain::validate(
            api::booking_form_of(object), [] { return catalog; }, booker));
      } catch (const domain::Error& error) {
        require(!error.details().empty(), "a refusal without its faults");
      }
    }
    domain::validate(api::quote_form_of(object), catalog);
  } catch (const domain::Error& error) {
    require(error.code() == domain::ErrorCode::validation_error, error.what());
  }
}

}  // namespace hss::fuzz
