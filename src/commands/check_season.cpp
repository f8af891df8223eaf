#include "commands/check_season.h"

#include <algorithm>

namespace hss::commands {
namespace {

/// Names no hours, so that it takes no place.
constexpr const char* window_without_hours = "hss check";

json booking_in(const CheckedSlot& slot) {
  return {{"customer_name", "Audit Checklist"},
          {"email", "audit@example.co.za"},
          {"phone", "082 555 0100"},
          {"pickup_date", slot.date},
          {"pickup_window", slot.window},
          {"address", "12 Burnett Street, Hatfield"},
          {"items", json::array({{{"type", "other"}, {"name", "Study lamp"}}})},
          {"pricing", {{"duration", 3}}}};
}

}  // namespace

void SeasonChecklist::require_demo() {
  const Answer answer = client_.get("/api/v1/auth/session");
  expect_status(answer, 200);
  expect(answer.body.value("mode", "") == "demo",
         "not tried, as this is no demo, and would take places of a business");
}

std::vector<CheckedSlot> SeasonChecklist::find_free(const std::string& kind) {
  const Answer answer = client_.get("/api/v1/slots?kind=" + kind);
  expect_status(answer, 200);
  std::vector<CheckedSlot> found;
  for (const json& day : answer.body.at("days")) {
    for (const json& window : day.at("windows")) {
      const json& free = window.at("free");
      if (window.contains("closed") || (!free.is_null() && free.get<int>() < 2)) continue;
      found.push_back({day.at("date").get<std::string>(), window.at("window").get<std::string>()});
      break;
    }
  }
  std::reverse(found.begin(), found.end());
  return found;
}

std::optional<int> SeasonChecklist::count_free(const CheckedSlot& slot, const std::string& kind) {
  const Answer answer =
      client_.get("/api/v1/slots?kind=" + kind + "&from=" + slot.date + "&to=" + slot.date);
  expect_status(answer, 200);
  for (const json& window : answer.body.at("days").at(0).at("windows")) {
    if (window.value("window", "") != slot.window) continue;
    const json& free = window.at("free");
    return free.is_null() ? std::nullopt : std::optional(free.get<int>());
  }
  throw Unmet(slot.window + " on " + slot.date + " is a window no more");
}

void SeasonChecklist::require_free_again(const CheckedSlot& slot, const std::string& kind,
                                         std::optional<int> before) {
  const std::optional<int> after = count_free(slot, kind);
  expect(!before || !after || *after > *before,
         "the place on " + slot.date + " was not given back");
}

json SeasonChecklist::change(const json& body, const std::string& role) {
  expect(!id_.empty(), "not tried, as there is no booking");
  Answer answer = client_.patch(path(), body, role);
  expect_status(answer, 200);
  return std::move(answer.body);
}

void SeasonChecklist::slots() {
  require_demo();
  const std::vector<CheckedSlot> pickups = find_free("pickup"), returns = find_free("return");
  constexpr std::size_t wanted = 3;
  expect(pickups.size() >= wanted && !returns.empty(), "fewer than three days have a free window");
  expect(returns.front().date >= pickups[1].date, "no return can be booked after the last pickups");
  first_ = pickups[2];
  second_ = pickups[1];
  return_ = returns.front();
}

void SeasonChecklist::past_is_closed() {
  expect(!first_.date.empty(), "not tried, as there is no free window");
  const Answer calendar = client_.get("/api/v1/admin/calendar", "admin");
  expect_status(calendar, 200);
  // Until a calendar is saved, any day can be booked.
  if (calendar.body.at("version").get<int>() == 0) return;
  const Answer answer = client_.post("/api/v1/bookings", booking_in({"2020-01-01", first_.window}));
  expect_code(answer, 409, "slot_closed");
  const json& details = answer.body["error"].at("details");
  expect(details.at(0) == "reason=past" && details.at(1).get<std::string>().starts_with("free="),
         "the details are " + details.dump());
}

void SeasonChecklist::book() {
  expect(!first_.date.empty(), "not tried, as there is no free window");
  const std::optional<int> before = count_free(first_, "pickup");
  const Answer answer = client_.post("/api/v1/bookings", booking_in(first_));
  expect_status(answer, 201);
  id_ = answer.body.value("booking_id", "");
  const std::optional<int> after = count_free(first_, "pickup");
  expect(!before || (after && *after < *before), "the booking took no place");
}

void SeasonChecklist::move() {
  const std::optional<int> before = count_free(first_, "pickup");
  const json booking =
      change({{"pickup_date", second_.date}, {"pickup_window", second_.window}}, "customer");
  expect(booking.value("pickup_date", "") == second_.date, "the booking has its day of before");
  require_free_again(first_, "pickup", before);
}

void SeasonChecklist::ask_for_return() {
  expect(!id_.empty(), "not tried, as there is no booking");
  expect_status(client_.patch(path() + "/status", {{"status", "approved"}}), 200);
  expect_status(client_.post(path() + "/payment", json::object()), 200);
  const json booking = change({{"return_date", return_.date},
                               {"return_window", return_.window},
                               {"return_method", "deliver"}},
                              "customer");
  expect(booking.value("return_date", "") == return_.date, "the booking has no return");
}

void SeasonChecklist::day() {
  expect(!id_.empty(), "not tried, as there is no booking");
  const Answer answer = client_.get("/api/v1/staff/day?date=" + second_.date, "staff");
  expect_status(answer, 200);
  for (const json& window : answer.body.at("windows")) {
    for (const json& stop : window.at("stops")) {
      if (stop.at("booking").value("id", "") != id_ || stop.at("kind") != "pickup") continue;
      expect(window.at("window") == second_.window, "the stop is in another window");
      expect(stop.at("is_ready").get<bool>() && stop.at("owed") == 0,
             "staff would not come, though it is paid");
      return;
    }
  }
  throw Unmet("the booking is not on the day " + second_.date);
}

void SeasonChecklist::failed_trip() {
  expect(!id_.empty(), "not tried, as there is no booking");
  const auto note = [this](json body, int trips) {
    body["client_id"] = "hss-check-" + id_;
    const Answer answer = client_.post(path() + "/failed-trip", body, "staff");
    expect_status(answer, 200);
    expect(
        answer.body.at("failed_trips") == trips && answer.body.at("needs_new_date") == (trips > 0),
        "the failed trips are " + answer.body.at("failed_trips").dump());
  };
  note({{"reason", "Nobody opened"}}, 1);
  note({{"reason", "Nobody opened"}}, 1);
  note({{"undo", true}}, 0);
}

void SeasonChecklist::give_back() {
  expect(!id_.empty(), "not tried, as there is no booking");
  const std::optional<int> pickups = count_free(second_, "pickup");
  const std::optional<int> returns = count_free(return_, "return");
  const json booking =
      change({{"pickup_window", window_without_hours}, {"return_date", ""}}, "staff");
  expect(booking.at("return_date").is_null(), "the return is still planned");
  for (const char* status : {"collected", "in_storage", "returned"}) {
    expect_status(client_.patch(path() + "/status", {{"status", status}}), 200);
  }
  require_free_again(second_, "pickup", pickups);
  require_free_again(return_, "return", returns);
}

}  // namespace hss::commands
