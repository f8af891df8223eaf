#include "storage/json_text.h"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "domain/validation/json_string.h"
#include "storage/damage.h"

namespace hss::storage {
namespace {

using nlohmann::ordered_json;

std::optional<std::string> text_of(const ordered_json& object, const char* member) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(member);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::optional<std::int64_t> number_of(const ordered_json& object, const char* member) {
  if (!object.is_object()) return std::nullopt;
  const auto found = object.find(member);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  return found->get<std::int64_t>();
}

std::vector<std::string> texts_of(const ordered_json& object, const char* member) {
  std::vector<std::string> texts;
  if (!object.is_object()) return texts;
  const auto found = object.find(member);
  if (found == object.end() || !found->is_array()) return texts;
  for (const ordered_json& text : *found) {
    if (text.is_string()) texts.push_back(text.get<std::string>());
  }
  return texts;
}

void append_texts(std::string& json, const std::vector<std::string>& texts) {
  json += '[';
  for (const std::string& text : texts) {
    if (json.back() != '[') json += ',';
    domain::append_json_string(json, text);
  }
  json += ']';
}

}  // namespace

void require_json(std::string_view text) {
  if (!ordered_json::accept(text)) throw_damage("a payload");
}

StepPayload step_payload_of(std::string_view json) {
  const auto payload = ordered_json::parse(json, nullptr, false);
  if (!payload.is_object()) throw_damage("a payload");
  return {.status = text_of(payload, "status"),
          .to = text_of(payload, "to"),
          .reason = text_of(payload, "reason"),
          .method = text_of(payload, "method"),
          .correction = payload.contains("correction") && payload["correction"] == true};
}

std::string payload_text(std::string_view json, const char* member) {
  return text_of(ordered_json::parse(json, nullptr, false), member).value_or("");
}

std::string to_json(const std::vector<domain::Item>& items) {
  std::string json = "[";
  int place = 0;
  for (const domain::Item& item : items) {
    if (json.size() > 1) json += ',';
    json += R"({"type":)";
    domain::append_json_string(json, item.type);
    domain::append_json_string(json += R"(,"label":)", item.label);
    json.append(R"(,"price":)").append(std::to_string(item.monthly_price.cents));
    if (item.icon != item.type) domain::append_json_string(json += R"(,"icon":)", item.icon);
    if (item.id != ++place) json.append(R"(,"id":)").append(std::to_string(item.id));
    if (item.name) domain::append_json_string(json += R"(,"name":)", *item.name);
    if (item.s3_key) domain::append_json_string(json += R"(,"s3_key":)", *item.s3_key);
    if (!item.photos.empty()) append_texts(json += R"(,"photos":)", item.photos);
    json += '}';
  }
  return json + ']';
}

std::vector<domain::Item> items_of(std::string_view json) {
  const auto list = ordered_json::parse(json, nullptr, false);
  std::vector<domain::Item> items;
  if (!list.is_array()) return items;
  for (const ordered_json& one : list) {
    const std::string type = text_of(one, "type").value_or(std::string(domain::other_type));
    const int place = static_cast<int>(items.size()) + 1;
    items.push_back({.id = static_cast<int>(number_of(one, "id").value_or(place)),
                     .type = type,
                     .label = text_of(one, "label").value_or(type),
                     .icon = text_of(one, "icon").value_or(type),
                     .monthly_price = {number_of(one, "price").value_or(0)},
                     .name = text_of(one, "name"),
                     .s3_key = text_of(one, "s3_key"),
                     .photos = texts_of(one, "photos")});
  }
  return items;
}

std::vector<std::string> item_types_of(std::string_view json, std::size_t count) {
  // Within a string its quotes would have backslashes, so the text cannot occur there.
  constexpr std::string_view begin = R"({"type":")";
  std::vector<std::string> types;
  for (std::string_view rest = json;;) {
    const auto at = rest.find(begin);
    if (at == rest.npos) break;
    rest.remove_prefix(at + begin.size());
    types.emplace_back(rest.substr(0, rest.find('"')));
  }
  if (types.size() == count) return types;
  types.clear();
  for (const domain::Item& item : items_of(json)) types.push_back(item.type);
  return types;
}

}  // namespace hss::storage
