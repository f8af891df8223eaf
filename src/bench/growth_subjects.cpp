#include "bench/growth_subjects.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "bench/served.h"

namespace hss::bench {
namespace {

/// Avoids the response cache on each request: this measures the database.
GrowthSubject plain(std::string name, const std::string& target, const std::string& headers = "") {
  return {std::move(name), [=](const GrowthPlace&) {
            return [=](std::size_t) { return Request{get(afresh(target), headers)}; };
          }};
}

/// A target with the booking's id in place of `{}`: another id each time, from all over the file.
GrowthSubject by_id(std::string name, const std::string& target, const std::string& headers = "") {
  return {std::move(name), [=](const GrowthPlace& place) {
            return [=, &place](std::size_t n) {
              std::string filled = target;
              filled.replace(filled.find("{}"), 2, place.id(n));
              return Request{get(afresh(filled), headers)};
            };
          }};
}

std::string booking_on(const std::string& date) {
  std::string body = booking_body();
  return body.replace(body.find("2099-12-01"), date.size(), date);
}

/// Asks for a day that has as many stops in every file.
Next day_of_stops(const GrowthPlace& place, const std::string& date) {
  constexpr int stops = 30;
  const std::string booking = post("/api/v1/bookings", booking_on(date));
  for (int made = 0; made < stops; ++made) ask(place.port, booking);
  return [date](std::size_t) {
    return Request{get(afresh("/api/v1/staff/day?date=" + date), as_staff)};
  };
}

std::string made_booking(const GrowthPlace& place) {
  const std::string answer = ask(place.port, post("/api/v1/bookings", booking_body()));
  const std::string location = header_of(answer, "Location");
  return location.substr(location.rfind('/') + 1);
}

const std::string full_day = "2099-11-28";

/// Three windows on any day, as until a calendar is saved, with more places than are booked here,
/// but for `full_day`. Where it is saved already, nothing changes.
void save_calendar(const GrowthPlace& place) {
  constexpr std::array weekdays{"monday", "tuesday",  "wednesday", "thursday",
                                "friday", "saturday", "sunday"};
  constexpr std::array hours{R"("starts":"08:00","ends":"11:00")",
                             R"("starts":"11:00","ends":"14:00")",
                             R"("starts":"14:00","ends":"17:00")"};
  std::string windows;
  for (const char* weekday : weekdays) {
    for (const char* each : hours) {
      windows += windows.empty() ? "{" : ",{";
      windows.append(R"("weekday":")").append(weekday).append(R"(","capacity":10000,)");
      windows.append(each).append("}");
    }
  }
  const std::string body = R"({"windows":[)" + windows + R"(],"exceptions":[{"date":")" + full_day +
                           R"(","windows":[{"capacity":0,)" + hours.front() +
                           R"(}]}],"closed_on_holidays":false})";
  std::string request = post("/api/v1/admin/calendar", body, as_admin);
  ask(place.port, request.replace(0, std::string_view("POST").size(), "PUT"));
}

Request move_to(const std::string& id, const std::string& date) {
  std::string request =
      post("/api/v1/bookings/" + id, R"({"pickup_date":")" + date + R"("})", as_staff);
  return {request.replace(0, std::string_view("POST").size(), "PATCH")};
}

}  // namespace

std::vector<GrowthSubject> growth_subjects() {
  return {
      plain("health", "/health"),
      plain("catalog", "/api/v1/catalog"),
      by_id("booking by id", "/api/v1/bookings/{}"),
      by_id("booking's history", "/api/v1/bookings/{}/history"),
      by_id("booking's messages", "/api/v1/bookings/{}/notifications"),
      plain("bookings, newest first", "/api/v1/bookings?limit=50"),
      plain("bookings, oldest first", "/api/v1/bookings?limit=50&sort=created_at"),
      plain("bookings by pickup date", "/api/v1/bookings?limit=50&sort=-pickup_date"),
      plain("bookings in one state", "/api/v1/bookings?limit=50&status=paid"),
      plain("bookings in one state by pickup",
            "/api/v1/bookings?limit=50&status=approved&sort=pickup_date"),
      by_id("bookings from a cursor on", "/api/v1/bookings?limit=50&cursor={}"),
      by_id("search for a reference", "/api/v1/bookings?limit=50&q={}"),
      plain("search for a name", "/api/v1/bookings?limit=50&q=thandi"),
      // Two of 1,000 bookings have this name; of more, a page.
      plain("search for a whole name", "/api/v1/bookings?limit=50&q=thandi+mokoena"),
      plain("search for what most have", "/api/v1/bookings?limit=50&q=u2"),
      plain("search for what is not there", "/api/v1/bookings?limit=50&q=xylophone"),
      plain("queue", "/api/v1/staff/queue?limit=50", as_staff),
      plain("queue in one state", "/api/v1/staff/queue?limit=50&status=collected", as_staff),
      by_id("queue from a cursor on", "/api/v1/staff/queue?limit=50&cursor={}", as_staff),
      plain("board", "/api/v1/staff/board", as_staff),
      {"day of 30 stops",
       [](const GrowthPlace& place) { return day_of_stops(place, "2099-11-30"); }},
      plain("slots", "/api/v1/slots"),
      plain("overview", "/api/v1/admin/overview", as_admin),
      plain("statistics", "/api/v1/admin/statistics", as_admin),
      plain("audit trail", "/api/v1/audit?limit=50", as_staff),
      by_id("audit trail of a booking", "/api/v1/audit?booking_id={}", as_staff),
      plain("audit trail of one kind", "/api/v1/audit?limit=50&event_type=payment_captured",
            as_staff),
      plain("events and who heard them", "/api/v1/admin/events", as_admin),
      {"new booking, durable",
       [](const GrowthPlace&) { return always(post("/api/v1/bookings", booking_body()), 201); }},
      {"next step, durable",
       [](const GrowthPlace& place) {
         // Approves and hands back in turn.
         return [id = made_booking(place)](std::size_t n) {
           return change_status(id, n % 2 == 0 ? "approved" : "submitted");
         };
       }},
  };
}

std::vector<GrowthSubject> calendar_subjects() {
  return {
      {"slots of a calendar",
       [](const GrowthPlace& place) {
         save_calendar(place);
         return [](std::size_t) { return Request{get(afresh("/api/v1/slots"))}; };
       }},
      {"day of 30 stops in a calendar",
       [](const GrowthPlace& place) {
         save_calendar(place);
         return day_of_stops(place, "2099-11-29");
       }},
      {"full window, rejected",
       [](const GrowthPlace& place) {
         save_calendar(place);
         return always(post("/api/v1/bookings", booking_on(full_day)), 409);
       }},
      {"new booking in a calendar, durable",
       [](const GrowthPlace& place) {
         save_calendar(place);
         return always(post("/api/v1/bookings", booking_on("2099-12-05")), 201);
       }},
      {"another day, durable",
       [](const GrowthPlace& place) {
         save_calendar(place);
         return [id = made_booking(place)](std::size_t n) {
           return move_to(id, n % 2 == 0 ? "2099-12-03" : "2099-12-04");
         };
       }},
  };
}

Load middle_of(std::vector<Load> loads) {
  const auto middle = loads.begin() + static_cast<std::ptrdiff_t>(loads.size() / 2);
  std::nth_element(loads.begin(), middle, loads.end(),
                   [](const Load& a, const Load& b) { return a.p50_ms < b.p50_ms; });
  return *middle;
}

}  // namespace hss::bench
