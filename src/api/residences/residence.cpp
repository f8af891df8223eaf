#include "api/residences/residence.h"

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "api/http/etag.h"
#include "api/http/json_list.h"
#include "domain/residences/residence_form.h"
#include "domain/residences/residence_service.h"

namespace hss::api {
namespace {

using domain::Residence;

Json date_or_null(const std::string& date) {
  return date.empty() ? Json() : Json(date);
}

Json public_json(const Residence& residence) {
  return {{"id", residence.id},
          {"name", residence.name},
          {"suburb", residence.suburb},
          {"closes_on", date_or_null(residence.closes_on)},
          {"reopens_on", date_or_null(residence.reopens_on)}};
}

Json whole_json(const Residence& residence) {
  Json object = public_json(residence);
  for (const domain::ResidenceText& text : domain::residence_texts) {
    object[std::string(text.name)] = residence.*text.value;
  }
  return object;
}

Json list_json(const std::vector<Residence>& residences, Json (*json_of)(const Residence&)) {
  Json list = Json::array();
  for (const Residence& residence : residences) list.push_back(json_of(residence));
  return {{"residences", std::move(list)}};
}

domain::ResidenceForm form_of(const ClientJson& entry) {
  domain::ResidenceForm form{.id = text_field(entry, "id"),
                             .name = text_field(entry, "name"),
                             .suburb = text_field(entry, "suburb"),
                             .closes_on = text_field(entry, "closes_on"),
                             .reopens_on = text_field(entry, "reopens_on"),
                             .texts = {}};
  for (std::size_t i = 0; i < form.texts.size(); ++i) {
    form.texts[i] = text_field(entry, std::string(domain::residence_texts[i].name).c_str());
  }
  return form;
}

std::string etag_of(const Json& residences) {
  return etag_of_content(residences.dump());
}

Response answer(const Json& residences, const Request& request) {
  return tag(json_response(200, residences, request), request, etag_of(residences));
}

}  // namespace

Query list_residences(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    return answer(list_json(reader.residences().list(), public_json), request);
  };
}

Query get_residences(const Request& request, const Services&) {
  return [&request](domain::Reader& reader) {
    return answer(list_json(reader.residences().list(), whole_json), request);
  };
}

Command put_residences(const Request& request, const Services& services) {
  auto wanted = domain::validate(
      list_field<domain::ResidenceForm>(parse_object(request), "residences", form_of));
  return [&request, &services, wanted = std::move(wanted)](domain::Tx& tx) {
    require_match(request, etag_of(list_json(tx.residences().list(), whole_json)));
    const Json saved = list_json(
        domain::save_residences(tx, wanted, services.random, request.caller(), services.now()),
        whole_json);
    Response response = json_response(200, saved, request);
    response.set("ETag", etag_of(saved));
    return response;
  };
}

}  // namespace hss::api
