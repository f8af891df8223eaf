#include "api/business/business.h"

#include <nlohmann/json.hpp>

#include "api/http/etag.h"
#include "api/http/json.h"
#include "domain/business/business_form.h"
#include "domain/business/business_service.h"

namespace hss::api {
namespace {

using domain::Business;

Json to_json(const Business& business, const Services& services) {
  Json object = Json::object();
  for (const auto& member : domain::business_texts) {
    object[std::string(member.name)] = business.*member.value;
  }
  const domain::Terms& terms = business.terms;
  object["terms"] =
      terms.text.empty()
          ? Json()
          : Json{{"text", terms.text}, {"version", terms.version}, {"date", terms.date}};
  object["liability_cap"] =
      business.liability_cap ? hss::api::to_json(*business.liability_cap) : Json();
  object["payment_methods"] = business.payment_methods;
  object["photo_uploads"] = services.uploads != nullptr;
  return object;
}

/// Empty text clears it, as it clears the members that are text.
domain::Field<std::optional<double>> cap_field(const ClientJson& object) {
  using Cap = domain::Field<std::optional<double>>;
  const auto text = text_field(object, "liability_cap");
  if (text.value() && text.value()->empty()) return Cap(std::optional<double>());
  const auto number = number_field(object, "liability_cap");
  if (number.is_absent()) return {};
  return number.value() ? Cap(std::optional<double>(*number.value())) : Cap::wrong_type();
}

domain::BusinessForm form_of(const ClientJson& object) {
  domain::BusinessForm form;
  for (std::size_t i = 0; i < form.texts.size(); ++i) {
    form.texts[i] = text_field(object, std::string(domain::business_texts[i].name).c_str());
  }
  const auto terms = object.find("terms");
  if (terms != object.end() && terms->is_object()) form.terms_text = text_field(*terms, "text");
  form.terms_is_wrong_type = terms != object.end() && !terms->is_null() && !terms->is_object();
  form.liability_cap = cap_field(object);
  form.payment_methods = texts_field(object, "payment_methods");
  return form;
}

std::string etag_of(const Json& business) {
  return etag_of_content(business.dump());
}

}  // namespace

Query get_business(const Request& request, const Services& services) {
  return [&request, &services](domain::Reader& reader) {
    const Json business = to_json(reader.business().get(), services);
    return tag(json_response(200, business, request), request, etag_of(business));
  };
}

Command change_business(const Request& request, const Services& services) {
  return [&request, &services,
          change = domain::validate(form_of(parse_object(request)))](domain::Tx& tx) {
    const Business last = tx.business().get();
    if (!domain::is_changed_already(last, change)) {
      require_match(request, etag_of(to_json(last, services)));
    }
    const Json business =
        to_json(domain::change_business(tx, change, request.caller(), services.now()), services);
    Response response = json_response(200, business, request);
    response.set("ETag", etag_of(business));
    return response;
  };
}

}  // namespace hss::api
