#include "storage/audit_hash.h"

#include <variant>

#include "crypto/digest.h"
#include "domain/validation/json_string.h"

namespace hss::storage {

std::string payload_json(const domain::Payload& payload) {
  std::string json = "{";
  for (const auto& [name, value] : payload) {
    if (json.size() > 1) json += ',';
    domain::append_json_string(json, name);
    json += ':';
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      json += std::to_string(*number);
    } else if (const auto* flag = std::get_if<bool>(&value)) {
      json += *flag ? "true" : "false";
    } else {
      domain::append_json_string(json, std::get<std::string>(value));
    }
  }
  return json + "}";
}

std::string chain_hash(const domain::AuditEvent& event, const std::string& previous_hash) {
  std::string row = "[" + std::to_string(event.id);
  const auto append = [&row](std::string_view text) {
    row += ',';
    domain::append_json_string(row, text);
  };
  append(crypto::to_hex(previous_hash));
  append(event.type);
  if (event.booking_id) {
    append(*event.booking_id);
  } else {
    row += ",null";
  }
  for (const std::string* text :
       {&event.payload, &event.actor, &event.actor_role, &event.request_id, &event.created_at}) {
    append(*text);
  }
  return crypto::sha256(row + "]");
}

std::string hash_of_personal(std::string_view salt, std::string_view text) {
  if (text.empty()) return {};
  return crypto::to_hex(crypto::sha256(std::string(salt).append(text)));
}

}  // namespace hss::storage
