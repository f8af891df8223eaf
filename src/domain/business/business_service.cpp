#include "domain/business/business_service.h"

#include <cstdint>
#include <string>
#include <utility>

#include "domain/validation/text.h"

namespace hss::domain {
namespace {

std::int64_t length_of(const std::string& text) {
  return static_cast<std::int64_t>(character_count(text));
}

std::string in_rand(const std::optional<Money>& amount) {
  if (!amount) return {};
  const std::string cents = std::to_string(amount->cents % 100);
  return std::to_string(amount->cents / 100) + (cents.size() < 2 ? ".0" : ".") + cents;
}

std::string joined(const std::vector<std::string>& methods) {
  std::string text;
  for (const std::string& method : methods) text += (text.empty() ? "" : ", ") + method;
  return text;
}

/// What an event says of the changed members.
class Changes {
 public:
  void add(std::string_view name, std::string from, std::string to) {
    add_pair(name, std::move(from), std::move(to));
  }
  void add_long(std::string_view name, const std::string& from, const std::string& to) {
    add_pair(std::string(name) + "_length", length_of(from), length_of(to));
  }
  Payload take() { return std::move(payload_); }

 private:
  template <class Value>
  void add_pair(std::string_view name, Value from, Value to) {
    payload_.emplace_back(std::string(name) + "_from", std::move(from));
    payload_.emplace_back(std::string(name) + "_to", std::move(to));
  }

  Payload payload_;
};

void change_texts(Business& business, const BusinessChange& change, Changes& changes) {
  for (std::size_t i = 0; i < business_texts.size(); ++i) {
    const BusinessText& member = business_texts[i];
    std::string& present = business.*member.value;
    if (!change.texts[i] || *change.texts[i] == present) continue;
    if (member.kind == BusinessText::Kind::document) {
      changes.add_long(member.name, present, *change.texts[i]);
    } else {
      changes.add(member.name, present, *change.texts[i]);
    }
    present = *change.texts[i];
  }
}

void change_rest(Business& business, const BusinessChange& change, Changes& changes) {
  if (change.liability_cap && *change.liability_cap != business.liability_cap) {
    changes.add("liability_cap", in_rand(business.liability_cap), in_rand(*change.liability_cap));
    business.liability_cap = *change.liability_cap;
  }
  if (change.payment_methods && *change.payment_methods != business.payment_methods) {
    changes.add("payment_methods", joined(business.payment_methods),
                joined(*change.payment_methods));
    business.payment_methods = *change.payment_methods;
  }
}

void change_terms(Tx& tx, Business& business, const std::string& text, Instant now,
                  Changes& changes) {
  Terms next{.version = business.terms.version + 1, .text = text, .date = to_day(now)};
  tx.business().insert_terms(next);
  changes.add("terms_version", std::to_string(business.terms.version),
              std::to_string(next.version));
  changes.add_long("terms", business.terms.text, text);
  business.terms = std::move(next);
}

}  // namespace

bool is_changed_already(const Business& business, const BusinessChange& change) {
  for (std::size_t i = 0; i < business_texts.size(); ++i) {
    if (change.texts[i] && *change.texts[i] != business.*business_texts[i].value) return false;
  }
  return (!change.terms_text || *change.terms_text == business.terms.text) &&
         (!change.liability_cap || *change.liability_cap == business.liability_cap) &&
         (!change.payment_methods || *change.payment_methods == business.payment_methods);
}

Business change_business(Tx& tx, const BusinessChange& change, const Caller& caller, Instant now) {
  Business business = tx.business().get();
  if (is_changed_already(business, change)) return business;
  Changes changes;
  change_texts(business, change, changes);
  change_rest(business, change, changes);
  if (change.terms_text && *change.terms_text != business.terms.text) {
    change_terms(tx, business, *change.terms_text, now, changes);
  }
  tx.business().update(business);
  tx.audit().append({.type = "business_changed",
                     .booking_id = std::nullopt,
                     .payload = changes.take(),
                     .actor = caller.actor(),
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = to_rfc3339(now)});
  return business;
}

}  // namespace hss::domain
