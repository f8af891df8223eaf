#include "api/site/local_network.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/http/json.h"
#include "domain/error.h"

namespace hss::api {
namespace {

std::optional<LocalNetwork::Authority> find_authority(const Services& services) {
  if (services.local_network == nullptr) return std::nullopt;
  return services.local_network->authority();
}

/// A renewal and another network change it.
Response not_stored(Response response) {
  response.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Response list_addresses(const Request& request, const Services& services) {
  Json addresses = Json::array();
  if (services.local_network != nullptr) addresses = services.local_network->addresses();
  return not_stored(json_response(200, {{"addresses", std::move(addresses)}}, request));
}

Response get_authority(const Request& request, const Services& services) {
  Json body{{"authority", nullptr}};
  if (const auto authority = find_authority(services)) {
    body["authority"] = {{"name", authority->name},
                         {"sha256_fingerprint", authority->fingerprint},
                         {"certificate_end", domain::to_rfc3339(authority->certificate_end)}};
  }
  return not_stored(json_response(200, std::move(body), request));
}

Response get_authority_file(const Request&, const Services& services) {
  auto authority = find_authority(services);
  if (!authority) {
    throw domain::Error(domain::ErrorCode::not_found,
                        "This server has no certificate of an authority that HSS made");
  }
  Response response;
  // By this type, and as no attachment, an iPhone offers to install it; others download it.
  response.set("Content-Type", "application/x-x509-ca-cert");
  response.set("Content-Disposition", "inline; filename=\"authority.crt\"");
  response.body = std::move(authority->pem);
  return not_stored(std::move(response));
}

}  // namespace hss::api
