#include "api/accounts/session.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "api/accounts/account_json.h"
#include "api/http/json.h"

namespace hss::api {
namespace {

/// What every page shows of the business, so that no page asks for it in a request of its own.
Json contact_of(const domain::Business& business) {
  Json documents = Json::array();
  if (!business.terms.text.empty()) documents.push_back("terms");
  if (!business.privacy.empty()) documents.push_back("privacy");
  if (!business.prohibited.empty()) documents.push_back("prohibited");
  return {{"name", business.name},
          {"phone", business.phone},
          {"whatsapp", business.whatsapp},
          {"email", business.email},
          {"documents", std::move(documents)},
          {"payment_methods", business.payment_methods}};
}

struct Current {
  std::optional<domain::SignedIn> signed_in;
  std::string kiosk_name;  ///< of the kiosk that it is, or that it unlocked
  bool needs_administrator = false;
  Json business;
};

Current find_current(domain::Reader& reader, const domain::Principal& principal) {
  Current current{.needs_administrator = !reader.accounts().has_administrator(),
                  .business = contact_of(reader.business().get())};
  if (!principal.is_authenticated()) return current;
  current.signed_in = reader.sessions().find(principal.session_id);
  if (!current.signed_in) return current;
  const domain::Session& session = current.signed_in->session;
  current.kiosk_name = session.kiosk_name;
  if (const auto kiosk = reader.sessions().find(session.kiosk_session_id)) {
    current.kiosk_name = kiosk->session.kiosk_name;
  }
  return current;
}

}  // namespace

Response get_session(const Request& request, const Services& services) {
  if (services.accounts == nullptr) {
    Json business = services.store.read(
        [](domain::Reader& reader) { return contact_of(reader.business().get()); });
    return private_json_response(200,
                                 {{"mode", "demo"},
                                  {"account", nullptr},
                                  {"device", nullptr},
                                  {"needs_administrator", false},
                                  {"business", std::move(business)}},
                                 request);
  }
  Current current = services.store.read(
      [&](domain::Reader& reader) { return find_current(reader, request.principal); });
  Json account, kiosk;
  if (current.signed_in && !current.signed_in->session.is_kiosk) {
    account = to_json(current.signed_in->account);
  }
  if (!current.kiosk_name.empty()) {
    kiosk = {{"name", current.kiosk_name},
             {"lock_after_seconds", services.accounts->service().lock_after().count()}};
  }
  return private_json_response(200,
                               {{"mode", "accounts"},
                                {"account", std::move(account)},
                                {"device", std::move(kiosk)},
                                {"needs_administrator", current.needs_administrator},
                                {"business", std::move(current.business)}},
                               request);
}

Command log_out(const Request& request, const Services&) {
  parse_object(request, true);
  return [&request](domain::Tx& tx) {
    tx.sessions().remove(request.principal.session_id);
    return private_json_response(200, {{"signed_out", true}}, request);
  };
}

}  // namespace hss::api
