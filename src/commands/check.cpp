#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/check_client.h"
#include "commands/check_season.h"
#include "commands/commands.h"
#include "platform/stop_request.h"

namespace hss::commands {
namespace {

/// A healthy server answers this at once.
constexpr std::chrono::seconds health_time{5};

json booking(const std::vector<std::string>& types) {
  json items = json::array();
  for (const std::string& type : types) items.push_back({{"type", type}});
  return {{"customer_name", "Audit Checklist"},
          {"email", "audit@example.co.za"},
          {"pickup_date", "2030-12-01"},
          // No window of a calendar: it takes no place.
          {"pickup_window", "hss check"},
          {"address", "12 Burnett Street, Hatfield"},
          {"items", std::move(items)},
          {"pricing", {{"duration", 3}}}};
}

/// The checklist, in order: each point builds on those before it.
class Checklist {
 public:
  explicit Checklist(Client& client) : client_(client) {}

  void health() {
    client_.set_answer_time(health_time);
    const Answer answer = client_.get("/health");
    client_.set_answer_time(answer_time);
    expect_status(answer, 200);
    expect(answer.body.value("status", "") == "ok", "the status is not ok");
  }

  void prices() {
    const Answer answer = client_.get("/api/v1/catalog");
    expect_status(answer, 200);
    for (const json& item : answer.body.at("items")) {
      types_.push_back(item.at("type").get<std::string>());
      expect(item.at("monthly_price").is_number(), "no price of " + types_.back());
    }
    const bool has_other = std::find(types_.begin(), types_.end(), "other") != types_.end();
    expect(has_other, "nothing is offered for what has no type of its own");
    constexpr std::size_t few = 2;
    types_.resize(std::min(types_.size(), few));
  }

  void every_error() {
    const Answer answer =
        client_.post("/api/v1/bookings", {{"email", "no-address"},
                                          {"customer_name", "A"},
                                          {"items", {5, {{"type", "no such type"}}}},
                                          {"pricing", {{"duration", 0}}}});
    expect_code(answer, 400, "validation_error");
    const std::string errors = answer.body["error"].value("details", json::array()).dump();
    for (const char* error : {"email is invalid", "customer_name must be at least 2 characters",
                              "pickup_date is required", "pickup_window is required",
                              "address is required", "items[1] must be an object",
                              "items[2].type must be one of", "pricing.duration must be >= 1"}) {
      expect(errors.find(error) != errors.npos, std::string("not told: ") + error);
    }
  }

  void not_json() {
    expect_code(client_.post_text("/api/v1/bookings", "{\"email\":"), 400, "validation_error");
  }

  void create() {
    const Answer answer = client_.post("/api/v1/bookings", booking(types_));
    expect_status(answer, 201);
    id_ = answer.body.value("booking_id", "");
    expect(id_.starts_with("HSS-") && id_.size() == 14, "the reference is " + id_);
    expect(answer.headers.count("Location") == 1, "no Location");
    const double total =
        answer.body.value("monthly_subtotal", 0.0) * 3 + answer.body.value("handling_fee", 0.0);
    expect(answer.body.value("total", -1.0) == total, "the total is not subtotal × months + fee");
  }

  void create_once() {
    const std::string key = "hss-check-" + id_;
    const Answer first = client_.post("/api/v1/bookings", booking(types_), "customer", key);
    const Answer again = client_.post("/api/v1/bookings", booking(types_), "customer", key);
    expect_status(first, 201);
    expect_status(again, 201);
    expect(first.body == again.body, "the same Idempotency-Key made a second booking");
  }

  void wrong_price() {
    json body = booking(types_);
    body["pricing"]["total"] = 1;
    expect_code(client_.post("/api/v1/bookings", body), 409, "price_changed");
  }

  void pay_too_early() {
    expect_code(client_.post(path() + "/payment", json::object()), 409, "conflict");
    expect_stands_at("submitted");
  }

  void paid_by_payment_alone() {
    expect_code(client_.patch(path() + "/status", {{"status", "paid"}}), 409, "conflict");
  }

  void only_staff_approves() {
    const std::string approve = "/api/v1/staff/bookings/" + id_ + "/approve";
    expect_code(client_.post(approve, json::object(), "customer"), 403, "forbidden");
    expect_status(client_.post(approve, json::object(), "staff"), 200);
    expect_stands_at("approved");
  }

  void collect_unpaid() {
    expect_code(client_.patch(path() + "/status", {{"status", "collected"}}), 409, "conflict");
  }

  void pay() {
    const Answer answer = client_.post(path() + "/payment", {{"method", "EFT"}});
    expect_status(answer, 200);
    expect(answer.body.value("payment_reference", "").starts_with("PAY-"), "no payment reference");
    expect_stands_at("paid");
  }

  void on_the_board() {
    const Answer answer = client_.get("/api/v1/staff/board?limit=1", "staff");
    expect_status(answer, 200);
    expect(answer.body.at("columns").size() == 5, "the board has not five columns");
    const json& paid = answer.body.at("columns").at(2);
    expect(paid.value("status", "") == "paid", "the third column is " + paid.value("status", ""));
    expect(paid.value("count", 0) >= 1, "the paid booking is not counted");
  }

  void stays_in_queue() {
    std::string query = "?limit=200";
    for (;;) {
      const Answer page = client_.get("/api/v1/staff/queue" + query, "staff");
      expect_status(page, 200);
      for (const json& row : page.body["queue"]) {
        if (row.value("id", "") == id_) return;
      }
      expect(page.body["next_cursor"].is_string(), "the paid booking has left the queue");
      query = "?limit=200&cursor=" + page.body["next_cursor"].get<std::string>();
    }
  }

  void steps_to_the_end() {
    for (const char* status : {"collected", "in_storage", "returned"}) {
      expect_status(client_.patch(path() + "/status", {{"status", status}}), 200);
      expect_stands_at(status);
    }
    expect_code(client_.patch(path() + "/status", {{"status", "submitted"}}), 409, "conflict");
  }

  void history() {
    const Answer answer = client_.get(path() + "/history");
    expect_status(answer, 200);
    std::vector<std::string> seen;
    for (const json& step : answer.body.at("history")) seen.push_back(step.value("status", ""));
    const std::vector<std::string> wanted{"submitted", "approved",   "paid",
                                          "collected", "in_storage", "returned"};
    expect(seen == wanted, "the steps of " + id_ + " are " + json(seen).dump());
  }

  void audited() {
    expect_code(client_.get("/api/v1/audit"), 403, "forbidden");
    const Answer answer = client_.get("/api/v1/audit?booking_id=" + id_, "staff");
    expect_status(answer, 200);
    std::vector<std::string> seen;
    for (const json& event : answer.body["events"]) {
      const json& payload = event["payload"];
      seen.push_back(event.value("event_type", "") +
                     (payload.contains("to") ? " " + payload.value("to", "") : ""));
    }
    const std::vector<std::string> wanted{"status_updated returned",  "status_updated in_storage",
                                          "status_updated collected", "payment_captured",
                                          "status_updated approved",  "booking_submitted"};
    expect(seen == wanted, "the events of " + id_ + " are " + json(seen).dump());
  }

  void overview() {
    const Answer answer = client_.get("/api/v1/admin/overview", "admin");
    expect_status(answer, 200);
    expect(answer.body.value("total_bookings", 0) >= 2, "the bookings are not counted");
    expect(answer.body.value("paid_revenue", 0.0) > 0, "the payment is not counted");
  }

  void statistics() {
    const Answer answer = client_.get("/api/v1/admin/statistics?weeks=2", "admin");
    expect_status(answer, 200);
    // Midnight on Sunday may have passed since the bookings were made.
    std::int64_t bookings = 0;
    double revenue = 0;
    for (const json& week : answer.body.at("weeks")) {
      bookings += week.value("bookings", 0);
      revenue += week.value("revenue", 0.0);
    }
    expect(bookings >= 2, "the bookings are not counted");
    expect(revenue > 0, "the payment is not counted");
  }

  void unchanged() {
    const Answer first = client_.get(path());
    expect_status(first, 200);
    std::string etag = etag_of(first);
    // Other clients may write in between.
    for (int tries = 0; tries < 10; ++tries) {
      const Answer again = client_.get(path(), "customer", etag);
      if (again.status == 304) return;
      etag = etag_of(again);
    }
    throw Unmet("the answer's own ETag gives no 304");
  }

  static std::string etag_of(const Answer& answer) {
    const auto etag = answer.headers.find("ETag");
    expect(etag != answer.headers.end(), "no ETag");
    return etag->second;
  }

  void chain_holds() {
    const Answer answer = client_.post("/api/v1/audit/verification", json::object(), "admin");
    expect_status(answer, 200);
    expect(answer.body.value("intact", false), answer.body.at("fault").dump());
  }

  void photos_are_there() {
    const Answer answer = client_.get("/metrics", "admin");
    expect_status(answer, 200);
    constexpr std::string_view name = "\nhss_upload_files_missing ";
    const auto at = answer.text.find(name);
    // A server whose photos are elsewhere, or that takes none, does not say.
    if (at == answer.text.npos) return;
    const std::string number =
        answer.text.substr(at + name.size(), answer.text.find('\n', at + 1) - at - name.size());
    expect(number == "0", number +
                              " files of photos are missing; their bookings say that the photo "
                              "is not available");
  }

  void errors() {
    expect_code(client_.get("/api/v1/bookings/HSS-0000000000"), 404, "not_found");
    expect_code(client_.get("/api/v1/nothing-here"), 404, "not_found");
    const Answer answer = client_.patch("/api/v1/catalog", json::object());
    expect_code(answer, 405, "method_not_allowed");
    expect(answer.headers.count("Allow") == 1, "405 without Allow");
  }

 private:
  std::string path() const { return "/api/v1/bookings/" + id_; }

  void expect_stands_at(const std::string& status) {
    const Answer answer = client_.get(path());
    expect_status(answer, 200);
    expect(answer.body.value("status", "") == status,
           "GET says " + answer.body.value("status", "") + ", not " + status);
  }

  Client& client_;
  std::string id_;
  std::vector<std::string> types_;  ///< that the catalogue offers
};

/// Flushes each line, so that its reader sees it at once.
void print_result(const char* result, const char* point, const std::string& why = "") {
  std::cout << result << point << (why.empty() ? "" : ": ") << why << std::endl;
}

/// `is_there` becomes false with the first request that gets no answer.
bool holds(const char* point, const std::function<void()>& walk, bool& is_there) {
  try {
    if (!is_there) throw Unmet("not tried, as the server did not answer");
    walk();
    print_result("ok      ", point);
    return true;
  } catch (const NoAnswer& silence) {
    is_there = false;
    print_result("FAILED  ", point, silence.what());
  } catch (const Unmet& unmet) {
    print_result("FAILED  ", point, unmet.what());
  } catch (const json::exception&) {
    print_result("FAILED  ", point, "the answer lacks what the contract promises");
  }
  return false;
}

using Points = std::vector<std::pair<const char*, std::function<void()>>>;

template <class List>
void add(Points& points, List& list,
         const std::vector<std::pair<const char*, void (List::*)()>>& more) {
  for (const auto& [point, walk] : more) {
    points.emplace_back(point, [&list, step = walk] { (list.*step)(); });
  }
}

void add_bookings(Points& points, Checklist& list) {
  add(points, list,
      {{"the server is healthy", &Checklist::health},
       {"the catalogue offers items, each with a price", &Checklist::prices},
       {"an invalid booking is rejected with every error", &Checklist::every_error},
       {"a body that is not JSON is rejected", &Checklist::not_json},
       {"a booking is created and priced by the server", &Checklist::create},
       {"the same Idempotency-Key books once", &Checklist::create_once},
       {"a price that differs is rejected", &Checklist::wrong_price},
       {"payment before approval is rejected", &Checklist::pay_too_early},
       {"only a payment leads to paid", &Checklist::paid_by_payment_alone},
       {"only staff approve", &Checklist::only_staff_approves},
       {"an unpaid booking is not collected", &Checklist::collect_unpaid},
       {"an approved booking is paid", &Checklist::pay},
       {"a paid booking stays in the queue", &Checklist::stays_in_queue},
       {"the board counts it among the paid", &Checklist::on_the_board},
       {"each step shows, and none leads back", &Checklist::steps_to_the_end},
       {"the booking's history has each step", &Checklist::history},
       {"each change is in the audit trail, which only staff can read", &Checklist::audited},
       {"the overview counts bookings and payments", &Checklist::overview},
       {"the statistics count bookings and payments by week", &Checklist::statistics}});
}

void add_season(Points& points, SeasonChecklist& list) {
  add(points, list,
      {{"the slots of the next weeks are listed", &SeasonChecklist::slots},
       {"a day that is past is closed", &SeasonChecklist::past_is_closed},
       {"a booking takes a free place", &SeasonChecklist::book},
       {"a customer moves the day, and the place goes along", &SeasonChecklist::move},
       {"a customer asks for the return", &SeasonChecklist::ask_for_return},
       {"staff see the stop on its day", &SeasonChecklist::day},
       {"a failed trip counts once and is undone", &SeasonChecklist::failed_trip},
       {"the places are free again", &SeasonChecklist::give_back}});
}

void add_whole(Points& points, Checklist& list) {
  add(points, list,
      {{"a poll that finds nothing new is 304", &Checklist::unchanged},
       {"the audit trail is complete", &Checklist::chain_holds},
       {"every photo that was counted has its file", &Checklist::photos_are_there},
       {"errors have the contract's shape", &Checklist::errors}});
}

}  // namespace

int check(const Config& config) {
  platform::ignore_broken_pipes();
  Client client(config.url, config.url_path);
  Checklist list(client);
  SeasonChecklist season(client);
  Points points;
  add_bookings(points, list);
  add_season(points, season);
  add_whole(points, list);
  std::size_t failed = 0;
  bool is_there = true;
  for (const auto& [point, walk] : points) {
    if (!holds(point, walk, is_there)) ++failed;
  }
  std::cout << points.size() - failed << " passed, " << failed << " failed\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace hss::commands
