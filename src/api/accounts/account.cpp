#include "api/accounts/account.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "api/http/page.h"
#include "api/http/query.h"
#include "domain/validation/form_text.h"
#include "domain/validation/validation_errors.h"

namespace hss::api {
namespace {

using domain::Role;

constexpr std::array all_roles{Role::customer, Role::staff, Role::admin};

std::optional<Role> find_role(const ClientJson& object, domain::ValidationErrors& errors) {
  const auto given = text_field(object, "role");
  if (given.is_absent()) return std::nullopt;
  const auto role = given.value() ? domain::find_role(*given.value()) : std::nullopt;
  if (!role) errors.add(one_of("role", all_roles));
  return role;
}

domain::AccountChange parse_change(const ClientJson& object) {
  domain::AccountChange change;
  domain::ValidationErrors errors;
  if (const auto name = text_field(object, "name"); !name.is_absent()) {
    change.name = domain::required_text("name", name, domain::person_name_bounds, errors);
  }
  change.role = find_role(object, errors);
  if (const auto enabled = object.find("enabled"); enabled != object.end() && !enabled->is_null()) {
    if (enabled->is_boolean()) {
      change.enabled = enabled->get<bool>();
    } else {
      errors.add("enabled must be true or false");
    }
  }
  errors.throw_if_any("The account has faults");
  return change;
}

}  // namespace

Query list_accounts(const Request& request, const Services&) {
  return [&request, limit = parse_limit(request),
          after = find_text(request, "cursor").value_or("")](domain::Reader& reader) {
    auto accounts = reader.accounts().list(after, limit + 1);
    std::optional<std::string> next_cursor;
    if (accounts.size() > static_cast<std::size_t>(limit)) {
      accounts.pop_back();
      next_cursor = accounts.back().email;
    }
    Json rows = Json::array();
    for (const auto& account : accounts) rows.push_back(to_json(account));
    const std::size_t count = rows.size();
    return private_json_response(200,
                                 {{"accounts", std::move(rows)},
                                  {"count", count},
                                  {"next_cursor", text_or_null(next_cursor)}},
                                 request);
  };
}

Command create_account(const Request& request, const Services& services) {
  const ClientJson object = parse_object(request);
  domain::ValidationErrors errors;
  auto person =
      domain::check_person(text_field(object, "name"), text_field(object, "email"), errors);
  const auto role = find_role(object, errors);
  if (text_field(object, "role").is_absent()) errors.add("role is required");
  errors.throw_if_any("The account has faults");
  person.role = *role;
  return [&request, &services,
          add = services.accounts->add_account(request.context(), person)](domain::Tx& tx) {
    const auto [account, link] = add(tx);
    Json body = to_json(account);
    body["link"] = services.base_path + link.path;
    body["link_expires_at"] = link.expires_at;
    return private_json_response(201, std::move(body), request);
  };
}

Command change_account(const Request& request, const Services& services) {
  return [&request, &services,
          change = services.accounts->change_account(request.context(), request.parameter("id"),
                                                     parse_change(parse_object(request)))](
             domain::Tx& tx) {
    const auto [account, link] = change(tx);
    Json body = to_json(account);
    body["link"] = link ? Json(services.base_path + link->path) : Json();
    body["link_expires_at"] = link ? Json(link->expires_at) : Json();
    return private_json_response(200, std::move(body), request);
  };
}

Command create_account_link(const Request& request, const Services& services) {
  parse_object(request, true);
  return [&request, &services,
          make = services.accounts->make_link(request.context(), request.parameter("id"))](
             domain::Tx& tx) {
    const auth::Link link = make(tx);
    return private_json_response(
        200, {{"path", services.base_path + link.path}, {"expires_at", link.expires_at}}, request);
  };
}

}  // namespace hss::api
