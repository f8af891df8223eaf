#include "api/session.h"

#include <nlohmann/json.hpp>
#include <optional>

#include "api/account_json.h"
#include "api/json.h"

namespace hss::api {
namespace {

struct Current {
  std::optional<domain::SignedIn> signed_in;
  std::string device_name;  ///< of the screen that it is, or was unlocked on
  bool needs_administrator = false;
};

Current find_current(domain::Reader& reader, const domain::Principal& principal) {
  Current current{.needs_administrator = !reader.has_administrator()};
  if (!principal.is_authenticated()) return current;
  current.signed_in = reader.find_session(principal.session_id);
  if (!current.signed_in) return current;
  const domain::Session& session = current.signed_in->session;
  current.device_name = session.device_name;
  if (const auto device = reader.find_session(session.device_session_id)) {
    current.device_name = device->session.device_name;
  }
  return current;
}

}  // namespace

Response get_session(const Request& request, const Services& services) {
  if (services.accounts == nullptr) {
    return private_json_response(200,
                                 {{"mode", "demo"},
                                  {"account", nullptr},
                                  {"device", nullptr},
                                  {"needs_administrator", false}},
                                 request);
  }
  const Current current = services.store.read(
      [&](domain::Reader& reader) { return find_current(reader, request.principal); });
  Json account, device;
  if (current.signed_in && !current.signed_in->session.is_device) {
    account = to_json(current.signed_in->account);
  }
  if (!current.device_name.empty()) {
    device = {{"name", current.device_name},
              {"lock_after_seconds", services.accounts->service().lock_after().count()}};
  }
  return private_json_response(200,
                               {{"mode", "accounts"},
                                {"account", std::move(account)},
                                {"device", std::move(device)},
                                {"needs_administrator", current.needs_administrator}},
                               request);
}

Command log_out(const Request& request, const Services&) {
  parse_object(request, true);
  return [&request](domain::Tx& tx) {
    tx.delete_session(request.principal.session_id);
    return private_json_response(200, {{"signed_out", true}}, request);
  };
}

}  // namespace hss::api
