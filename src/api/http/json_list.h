#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "api/http/json.h"

namespace hss::api {

/// The member as a list of forms: each entry by `parse` if it is an object, else a wrong type.
template <class Form, class Parse>
domain::Field<std::vector<domain::Field<Form>>> list_field(const ClientJson& object,
                                                           const char* member, const Parse& parse) {
  using Entry = domain::Field<Form>;
  using List = std::vector<Entry>;
  const auto found = object.find(member);
  if (found == object.end() || found->is_null()) return {};
  if (!found->is_array()) return domain::Field<List>::wrong_type();
  List list;
  list.reserve(found->size());
  for (const ClientJson& entry : *found) {
    list.push_back(entry.is_object() ? Entry(parse(entry)) : Entry::wrong_type());
  }
  return list;
}

}  // namespace hss::api
