// One table each of the lifecycle and of the events that leave the house, in src/domain: what
// others have of them is written from it, or compared with it. The database's:
// schema_walls_test.cpp.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "api/site/openapi.h"
#include "domain/bookings/lifecycle.h"
#include "domain/events/outbox.h"
#include "places.h"
#include "support.h"

using namespace hss::domain;
using namespace hss::test;
using nlohmann::json;

namespace {

template <class Names>
std::string list(const Names& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "\"" : ", \"") + std::string(name) + "\"";
  return "[" + text + "]";
}

template <class Statuses>
std::vector<std::string> names(const Statuses& statuses) {
  std::vector<std::string> all;
  for (const Status status : statuses) all.emplace_back(to_text(status));
  return all;
}

std::vector<Status> steps_from(Status from, bool (*may)(Status, Status)) {
  std::vector<Status> steps;
  for (const Status to : all_statuses) {
    if (may(from, to)) steps.push_back(to);
  }
  return steps;
}

/// A line for each status that has such a step.
std::string table(const char* name, const char* comment, bool (*may)(Status, Status)) {
  std::string text = std::string("\n/** ") + comment + " */\nexport const " + name + " = {\n";
  for (const Status from : all_statuses) {
    const auto steps = steps_from(from, may);
    if (steps.empty()) continue;
    text += "  " + std::string(to_text(from)) + ": " + list(names(steps)) + ",\n";
  }
  return text + "} as const;\n";
}

/// As the page's formatter has it: an entry a line where it does not fit on one.
std::string array(const char* name, const char* comment, std::string values) {
  constexpr std::size_t widest = 140;
  const std::string start = std::string("export const ") + name + " = ", end = " as const;\n";
  if (start.size() + values.size() + end.size() > widest) {
    std::string lines = "[\n  ";
    for (std::size_t at = 1; at + 1 < values.size(); ++at) {
      lines += values[at];
      if (values[at] == ',') lines += "\n ";
    }
    values = lines + ",\n]";
  }
  return std::string("\n/** ") + comment + " */\n" + start + values + end;
}

std::string tables_of_the_page() {
  return "// Written from src/domain by HSS_WRITE_TABLES=1 hss_tests \"the page's tables*\".\n" +
         array("statuses", "In the order of the lifecycle, the two ways out last.",
               list(names(all_statuses))) +
         table("steps", "The steps that a person may ask for; only a payment makes a booking paid.",
               may_step) +
         table("corrections", "The steps that take back a mistake of the same day.",
               is_correction) +
         array("publishedEventTypes", "The events that leave the house.",
               list(published_event_types));
}

}  // namespace

TEST_CASE("the page's tables are the domain's") {
  const std::string path = source_folder() + "/web/src/lib/tables.ts";
  if (std::getenv("HSS_WRITE_TABLES") != nullptr) std::ofstream(path) << tables_of_the_page();
  CHECK(read_file(path) == tables_of_the_page());
}

TEST_CASE("the OpenAPI document's statuses and events are the domain's") {
  const json document = json::parse(hss::api::openapi_json);
  const auto enumerated = [&](const char* pointer) {
    return document.at(json::json_pointer(std::string(pointer) + "/enum"))
        .get<std::vector<std::string>>();
  };
  const std::vector<std::string> published(published_event_types.begin(),
                                           published_event_types.end());
  CHECK(enumerated("/components/schemas/Status") == names(all_statuses));
  CHECK(enumerated("/components/parameters/QueueStatus/schema") == names(queue_statuses));
  CHECK(enumerated("/components/schemas/BoardColumn/properties/status") == names(queue_statuses));
  CHECK(enumerated("/components/schemas/EventMessage/properties/event_type") == published);
  CHECK(enumerated("/paths/~1api~1v1~1events/get/responses/200/content/text~1event-stream/schema/"
                   "properties/event") == published);
}
