#include "bench/growth.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "bench/child.h"
#include "bench/filling.h"
#include "bench/served.h"

namespace hss::bench {
namespace {

using Clock = std::chrono::steady_clock;
using Next = std::function<Request(std::size_t)>;

constexpr std::size_t few = 1'000;
constexpr int rounds = 7;
constexpr auto time_of_round = std::chrono::milliseconds(60);
constexpr int starts = 5;

/// A file under test: the server on it, and ids of its bookings.
struct Place {
  std::unique_ptr<Child> server;
  std::vector<std::string> ids;

  const std::string& id(std::size_t n) const { return ids[n * 31 % ids.size()]; }
  const std::string& middle() const { return ids[ids.size() / 2]; }
};

struct Subject {
  std::string name;
  std::function<Next(const Place&)> next_at;
};

/// Avoids the response cache on each request: this measures the database.
Subject plain(std::string name, const std::string& target, const std::string& headers = "") {
  return {std::move(name), [=](const Place&) {
            return [=](std::size_t) { return Request{get(afresh(target), headers)}; };
          }};
}

/// A target with the booking's id in place of `{}`: another id each time, from all over the file.
Subject by_id(std::string name, const std::string& target, const std::string& headers = "") {
  return {std::move(name), [=](const Place& place) {
            return [=, &place](std::size_t n) {
              std::string filled = target;
              filled.replace(filled.find("{}"), 2, place.id(n));
              return Request{get(afresh(filled), headers)};
            };
          }};
}

/// Approves and hands back in turn.
Request step(const std::string& id, std::size_t n) {
  const std::string status = n % 2 == 0 ? "approved" : "submitted";
  std::string request =
      post("/api/v1/bookings/" + id + "/status", R"({"status":")" + status + R"("})", as_staff);
  return {request.replace(0, 4, "PATCH")};
}

std::string made_booking(const Place& place) {
  const std::string answer = ask(place.server->port(), post("/api/v1/bookings", booking_body()));
  const std::string location = header_of(answer, "Location");
  return location.substr(location.rfind('/') + 1);
}

std::vector<Subject> subjects() {
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
      plain("overview", "/api/v1/admin/overview", as_admin),
      plain("statistics", "/api/v1/admin/statistics", as_admin),
      plain("audit trail", "/api/v1/audit?limit=50", as_staff),
      by_id("audit trail of a booking", "/api/v1/audit?booking_id={}", as_staff),
      plain("audit trail of one kind", "/api/v1/audit?limit=50&event_type=payment_captured",
            as_staff),
      plain("events and who heard them", "/api/v1/admin/events", as_admin),
      {"new booking, durable",
       [](const Place&) {
         return [request = Request{post("/api/v1/bookings", booking_body()), 201}](std::size_t) {
           return request;
         };
       }},
      {"next step, durable",
       [](const Place& place) {
         return [id = made_booking(place)](std::size_t n) { return step(id, n); };
       }},
  };
}

/// Sorts by the median.
const Load& middle_of(std::vector<Load>& loads) {
  const auto middle = loads.begin() + static_cast<std::ptrdiff_t>(loads.size() / 2);
  std::nth_element(loads.begin(), middle, loads.end(),
                   [](const Load& a, const Load& b) { return a.p50_ms < b.p50_ms; });
  return *middle;
}

/// Measures the time from starting the program to the first answer, as the median of several
/// starts.
double start_ms(const std::string& folder, const std::string& name) {
  std::vector<double> times;
  for (int i = 0; i < starts; ++i) {
    const auto start = Clock::now();
    const auto server = serve_file(folder, name);
    ask(server->port(), get("/health"));
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  std::sort(times.begin(), times.end());
  return times[times.size() / 2];
}

std::string rounded(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.1f", value);
  return text;
}

Place open_place(const std::string& folder, const std::string& name) {
  constexpr std::size_t max_ids = 500;
  auto ids = some_bookings(folder + "/" + name + ".db", max_ids);
  return {.server = serve_file(folder, name), .ids = std::move(ids)};
}

void fill_file(const std::string& folder, std::size_t bookings, Report& report) {
  const std::string file = folder + "/many.db";
  const auto start = Clock::now();
  run_apart([&] { fill(file, bookings); });
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const auto bytes = std::filesystem::file_size(file);
  report.add("fill_seconds", seconds,
             std::to_string(bookings) + " bookings with their history were made in " +
                 rounded(seconds) + " s; the file has " + std::to_string(bytes / 1'000'000) +
                 " MB.");
}

}  // namespace

void measure_growth(const std::string& folder, std::size_t bookings, Report& report) {
  fill_file(folder, bookings, report);
  run_apart([&] { fill(folder + "/few.db", few); });
  const double start = start_ms(folder, "many");
  report.add("start_ms", start, "From the start to the first answer: " + rounded(start) + " ms.");
  const Place small = open_place(folder, "few");
  const Place large = open_place(folder, "many");
  ask(large.server->port(), get("/health"));
  const double memory = static_cast<double>(large.server->memory());
  report.add("idle_memory_bytes", memory,
             "Idle, it has " + rounded(memory / 1e6) + " MB of memory.");
  std::printf("%-36s %12s %12s %8s\n", "median, ms, one at a time", "of 1,000",
              ("of " + std::to_string(bookings)).c_str(), "ratio");
  for (const Subject& subject : subjects()) {
    std::vector<Load> at_small, at_large;
    const Next next_small = subject.next_at(small), next_large = subject.next_at(large);
    for (int round = 0; round < rounds; ++round) {
      at_small.push_back(run_load(small.server->port(), 1, time_of_round, next_small));
      at_large.push_back(run_load(large.server->port(), 1, time_of_round, next_large));
    }
    const Load& few_load = middle_of(at_small);
    const Load& many_load = middle_of(at_large);
    const double ratio = many_load.p50_ms / few_load.p50_ms;
    const bool is_odd = few_load.unexpected + many_load.unexpected > 0;
    std::printf("%-36s %12.3f %12.3f %8.2f%s\n", subject.name.c_str(), few_load.p50_ms,
                many_load.p50_ms, ratio, is_odd ? "  UNEXPECTED ANSWERS" : "");
    std::fflush(stdout);
    report.json["growth"].push_back({{"name", subject.name},
                                     {"few_ms", few_load.p50_ms},
                                     {"many_ms", many_load.p50_ms},
                                     {"ratio", ratio},
                                     {"unexpected", few_load.unexpected + many_load.unexpected}});
  }
}

}  // namespace hss::bench
