#include "domain/residences/residence_service.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

void require_known_ids(const std::vector<Residence>& residences,
                       const std::vector<Residence>& before) {
  ValidationErrors errors;
  for (const Residence& residence : residences) {
    if (residence.id.empty() || find_residence(before, residence.id)) continue;
    errors.add("residences must not have the id '" + residence.id + "', which is none");
  }
  errors.throw_if_any("The residences have faults");
}

/// One that takes the name of one that has none of its own any more is that one: a list that was
/// pasted again has no ids.
void keep_ids(std::vector<Residence>& residences, const std::vector<Residence>& before) {
  std::set<std::string> used;
  for (const Residence& residence : residences) {
    if (!residence.id.empty()) used.insert(residence.id);
  }
  for (Residence& residence : residences) {
    if (!residence.id.empty()) continue;
    const auto same = std::find_if(before.begin(), before.end(), [&](const Residence& each) {
      return each.name == residence.name && !used.contains(each.id);
    });
    if (same != before.end()) residence.id = *used.insert(same->id).first;
  }
}

void give_ids(std::vector<Residence>& residences, const std::vector<Residence>& before,
              const RandomBytes& random) {
  for (Residence& residence : residences) {
    while (residence.id.empty()) {
      std::string id = new_reference(residence_prefix, random);
      if (find_residence(residences, id) || find_residence(before, id)) continue;
      residence.id = std::move(id);
    }
  }
}

/// One after the other, as a person reads them.
void append(std::string& text, const std::string& more) {
  if (!more.empty()) text.append(text.empty() ? "" : "; ").append(more);
}

/// What everybody sees of it: "Tuksdorp, Hatfield 0083, closes on 2026-12-04".
std::string describe(const Residence& residence) {
  std::string text = residence.name;
  if (!residence.suburb.empty()) text += ", " + residence.suburb;
  if (!residence.closes_on.empty()) text += ", closes on " + residence.closes_on;
  if (!residence.reopens_on.empty()) text += ", reopens on " + residence.reopens_on;
  return text;
}

/// Those that are otherwise, or not at all, in the other list.
std::string describe_changed(const std::vector<Residence>& residences,
                             const std::vector<Residence>& others) {
  std::string text;
  for (const Residence& residence : residences) {
    const Residence* same = find_residence(others, residence.id);
    if (same == nullptr || describe(*same) != describe(residence)) {
      append(text, describe(residence));
    }
  }
  return text;
}

/// "Tuksdorp: gate, caretaker_phone", where these are otherwise than before.
std::string changed_for_staff(const Residence& residence, const Residence& before) {
  std::string names;
  for (const ResidenceText& text : residence_texts) {
    if (residence.*text.value == before.*text.value) continue;
    names.append(names.empty() ? "" : ", ").append(text.name);
  }
  return names.empty() ? names : residence.name + ": " + names;
}

/// What staff alone see is named, not told: a number or the code of a gate has no place in what is
/// kept for ever.
Payload changes_between(const std::vector<Residence>& before, const std::vector<Residence>& after) {
  Payload payload;
  std::string from = describe_changed(before, after), to = describe_changed(after, before);
  // Two that have exchanged their names read alike.
  if (!from.empty() || !to.empty()) {
    payload.emplace_back("residences_from", std::move(from));
    payload.emplace_back("residences_to", std::move(to));
  }
  std::string for_staff;
  for (const Residence& residence : after) {
    const Residence* same = find_residence(before, residence.id);
    append(for_staff, changed_for_staff(residence, same ? *same : Residence()));
  }
  if (!for_staff.empty()) payload.emplace_back("for_staff", std::move(for_staff));
  return payload;
}

}  // namespace

std::vector<Residence> save_residences(Tx& tx, std::vector<Residence> residences,
                                       const RandomBytes& random, const Caller& caller,
                                       Instant now) {
  const std::vector<Residence> before = tx.residences().list();
  require_known_ids(residences, before);
  keep_ids(residences, before);
  give_ids(residences, before, random);
  Payload payload = changes_between(before, residences);
  if (payload.empty()) return before;
  tx.residences().replace(residences);
  tx.audit().append({.type = "residences_changed",
                     .booking_id = std::nullopt,
                     .payload = std::move(payload),
                     .actor = caller.actor(),
                     .actor_role = std::string(to_text(caller.principal.role)),
                     .request_id = caller.request_id,
                     .created_at = to_rfc3339(now)});
  return residences;
}

}  // namespace hss::domain
