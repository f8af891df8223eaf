#include "api/kiosk/kiosk_list.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "crypto/digest.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

/// Identifies a kiosk without its session's id, which its token contains.
std::string public_id(const domain::Session& session) {
  constexpr std::size_t length = 12;
  return crypto::to_hex(crypto::sha256(session.id)).substr(0, length);
}

}  // namespace

Query list_kiosks(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    Json kiosks = Json::array();
    for (const auto& [session, account] :
         reader.sessions().list_kiosks(domain::to_rfc3339(services.now()))) {
      kiosks.push_back({{"id", public_id(session)},
                        {"name", session.kiosk_name},
                        {"opened_by", account.email},
                        {"opened_at", session.created_at}});
    }
    return private_json_response(200, {{"screens", std::move(kiosks)}}, request);
  };
}

Command end_kiosk(const Request& request, const Services& services) {
  parse_object(request, true);
  return [&request, &services](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    for (const auto& kiosk : tx.sessions().list_kiosks(domain::to_rfc3339(services.now()))) {
      if (public_id(kiosk.session) != id) continue;
      services.accounts->service().end_kiosk(tx, kiosk, request.caller());
      return private_json_response(200, {{"id", id}, {"ended", true}}, request);
    }
    throw domain::Error(domain::ErrorCode::not_found,
                        "There is no shared screen " + domain::excerpt(id));
  };
}

}  // namespace hss::api
