#include "api/http/json.h"

#include <nlohmann/json.hpp>

#include "api/http/json_numbers.h"
#include "domain/error.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;
using domain::Field;

constexpr int deepest = 32;

/// Counts before parsing, so that no parser or destructor recurses that deep.
bool is_too_deep(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

Response json_response(int status, std::string body) {
  Response response{.status = status, .headers = {}, .body = std::move(body), .static_body = {}};
  response.set("Content-Type", "application/json");
  return response;
}

Error bad_body(const char* why) {
  return {ErrorCode::validation_error, why};
}

}  // namespace

bool is_utf8(std::string_view text) {
  // Follows RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t at) {
      return at < text.size() ? static_cast<unsigned char>(text[at]) : 0u;
    };
    const unsigned lead = byte(i);
    const unsigned second = byte(i + 1);
    std::size_t size = 0;
    if (lead < 0x80) {
      size = 1;
    } else if (lead >= 0xc2 && lead <= 0xdf) {
      size = 2;
    } else if (lead >= 0xe0 && lead <= 0xef) {
      if ((lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f)) return false;
      size = 3;
    } else if (lead >= 0xf0 && lead <= 0xf4) {
      if ((lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f)) return false;
      size = 4;
    } else {
      return false;
    }
    for (std::size_t at = i + 1; at < i + size; ++at) {
      if ((byte(at) & 0xc0) != 0x80) return false;
    }
    i += size;
  }
  return true;
}

ClientJson parse_object(const Request& request, bool may_be_empty) {
  if (request.body.empty() && may_be_empty) return ClientJson::object();
  if (request.body.empty()) throw bad_body("The body is empty; a JSON object is expected");
  if (!is_utf8(request.body)) throw bad_body("The body is not UTF-8");
  if (is_too_deep(request.body)) throw bad_body("The body is nested too deep");
  const auto exact = with_exact_numbers(request.body);
  ClientJson object = ClientJson::parse(exact ? *exact : request.body, nullptr, false);
  if (object.is_discarded()) throw bad_body("The body is not valid JSON");
  if (!object.is_object()) throw bad_body("The body must be a JSON object");
  return object;
}

Field<std::string> text_field(const ClientJson& object, const char* member) {
  const auto found = object.find(member);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_string()) return Field<std::string>::wrong_type();
  return found->get<std::string>();
}

Field<double> number_field(const ClientJson& object, const char* member) {
  const auto found = object.find(member);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_number()) return Field<double>::wrong_type();
  return found->get<double>();
}

Field<bool> bool_field(const ClientJson& object, const char* member) {
  const auto found = object.find(member);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_boolean()) return Field<bool>::wrong_type();
  return found->get<bool>();
}

Field<std::vector<Field<std::string>>> texts_field(const ClientJson& object, const char* member) {
  using Texts = std::vector<Field<std::string>>;
  const auto found = object.find(member);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_array()) return Field<Texts>::wrong_type();
  Texts texts;
  for (const ClientJson& text : *found) {
    texts.push_back(text.is_string() ? Field(text.get<std::string>())
                                     : Field<std::string>::wrong_type());
  }
  return texts;
}

Json to_json(domain::Money amount) {
  if (amount.cents % 100 == 0) return amount.cents / 100;
  return static_cast<double>(amount.cents) / 100;
}

Json text_or_null(const std::optional<std::string>& text) {
  return text ? Json(*text) : Json();
}

Response json_response(int status, Json object, const Request& request) {
  object["request_id"] = request.request_id;
  // Invalid UTF-8 is replaced here rather than answered with a failure.
  return json_response(status, object.dump(-1, ' ', false, Json::error_handler_t::replace));
}

Response json_response(int status, JsonText object, const Request& request) {
  return json_response(status, object.member("request_id", request.request_id).close('}').take());
}

std::string end_of_answer(const Request& request) {
  return "\"request_id\":" + api::quoted(request.request_id) + '}';
}

}  // namespace hss::api
