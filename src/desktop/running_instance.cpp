#include "desktop/running_instance.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/digest.h"
#include "outgoing/client.h"

namespace hss::desktop {
namespace {

using nlohmann::json;

/// The member of an answer with that status; empty otherwise.
std::string text_in(const outgoing::OutgoingResult& result, int status, const char* member) {
  if (!result.response || result.response->status != status) return {};
  const json object = json::parse(result.response->body, nullptr, false);
  if (!object.is_object()) return {};
  const auto found = object.find(member);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

}  // namespace

std::string start_link(int port, const std::string& code) {
  return "http://127.0.0.1:" + std::to_string(port) + "/start#" + code;
}

std::string proof_of(const std::string& secret, std::string_view nonce) {
  return crypto::to_hex(crypto::hmac_sha256(secret, nonce));
}

std::optional<std::string> request_start_link(const Instance& instance) {
  outgoing::Client client(
      {.is_https = false, .host = "127.0.0.1", .port = instance.port, .target = "/"});
  const std::string nonce = crypto::random_hex(32);
  const std::string proof = text_in(
      client.send({.target = "/api/v1/desktop/proof?nonce=" + nonce, .headers = {}, .body = {}}),
      200, "proof");
  if (!crypto::is_equal(proof, proof_of(instance.secret, nonce))) return std::nullopt;
  const std::string code = text_in(client.send({.method = "POST",
                                                .target = "/api/v1/desktop/codes",
                                                .headers = {{"X-HSS-Desktop", instance.secret}},
                                                .body = {}}),
                                   201, "code");
  if (code.empty()) return std::nullopt;
  return start_link(instance.port, code);
}

}  // namespace hss::desktop
