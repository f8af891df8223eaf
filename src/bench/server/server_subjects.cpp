#include "bench/server/server_subjects.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "bench/served.h"

namespace hss::bench {
namespace {

/// Many more than connections, so that no two have the same booking at once.
constexpr std::size_t bookings_wanted = 2'000;

std::vector<std::string> list(int port, const std::string& parameters) {
  std::vector<std::string> ids;
  std::string cursor;
  while (ids.size() < bookings_wanted) {
    const std::string answer =
        body_of(ask(port, get("/api/v1/bookings?limit=100" + parameters + cursor)));
    const auto page = nlohmann::json::parse(answer, nullptr, false);
    if (!page.is_object() || !page.contains("bookings")) {
      throw std::runtime_error("the server under test said: " + answer);
    }
    for (const auto& booking : page["bookings"]) ids.push_back(booking["id"]);
    if (!page["next_cursor"].is_string()) break;
    cursor = "&cursor=" + page["next_cursor"].get<std::string>();
  }
  return ids;
}

/// Approves all of them, and hands all back after that, in turn.
Next status_changes(ServerData& data) {
  return [&data](std::size_t) -> Request {
    const std::size_t n = data.changes++, count = data.submitted.size();
    return change_status(data.submitted[n % count], n / count % 2 == 0 ? "approved" : "submitted");
  };
}

std::string target_of(const std::string& id) {
  return "/api/v1/bookings/" + id;
}

}  // namespace

ServerData find_data(int port) {
  ServerData data{.ids = list(port, ""),
                  .submitted = list(port, "&status=submitted&sort=created_at")};
  if (data.submitted.empty()) throw std::runtime_error("there are no bookings to measure with");
  return data;
}

std::vector<ServerSubject> server_subjects() {
  using enum BareSubject;
  return {
      {"new bookings, durable", inserts,
       [](const auto&, ServerData&) {
         return always(post("/api/v1/bookings", booking_body()), 201);
       }},
      {"status changes, durable", none,
       [](const auto&, ServerData& data) { return status_changes(data); }},
      {"booking by id, same again (cached)", selects,
       [](const auto&, ServerData& data) { return always(get(target_of(data.ids.front()))); }},
      {"booking by id, another (database)", selects,
       [](const auto&, ServerData& data) -> Next {
         return [&data](std::size_t n) {
           return Request{get(afresh(target_of(data.ids[n * 7919 % data.ids.size()])))};
         };
       }},
      {"booking by id, unchanged (304)", none,
       [](const auto& ports, ServerData& data) {
         return unchanged(ports.front(), target_of(data.ids.front()));
       }},
      {"bookings, page of 50 (database)", none,
       [](const auto&, ServerData&) -> Next {
         return [](std::size_t) { return Request{get(afresh("/api/v1/bookings?limit=50"))}; };
       }},
      {"queue, unchanged (304)", none,
       [](const auto& ports, ServerData&) {
         return unchanged(ports.front(), "/api/v1/staff/queue?limit=50");
       }},
  };
}

}  // namespace hss::bench
