#include "bench/throughput.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <stdexcept>

#include "bench/bare.h"
#include "bench/child.h"
#include "bench/filling.h"
#include "bench/served.h"

namespace hss::bench {
namespace {

enum class Baseline { none, httplib, sqlite };

struct Subject {
  std::string name;
  const Child* server;
  Baseline baseline;
  std::function<Next()> prepare;  ///< called again before each measurement
  std::size_t max_connections = 1'000'000;
};

struct Measured {
  Load load;
  double cpu_us = 0;
  double ratio = 0;
};

/// The measurement with the median of answers a second; its ratio is the median of the ratios.
Measured median(std::vector<Measured> all) {
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::nth_element(all.begin(), middle, all.end(),
                   [](const Measured& a, const Measured& b) { return a.ratio < b.ratio; });
  const double ratio = middle->ratio;
  std::nth_element(all.begin(), middle, all.end(), [](const Measured& a, const Measured& b) {
    return a.load.per_second() < b.load.per_second();
  });
  Measured result = *middle;
  result.ratio = ratio;
  return result;
}

Measured measure(const Subject& subject, std::size_t connections, std::chrono::milliseconds time) {
  const Next next = subject.prepare();
  const double before = subject.server->cpu_seconds();
  Measured measured{.load = run_load({subject.server->port()}, connections, time, next)};
  measured.cpu_us =
      (subject.server->cpu_seconds() - before) * 1e6 / static_cast<double>(measured.load.answers);
  return measured;
}

Measured of_one_second(double count) {
  return {.load = {.answers = static_cast<std::size_t>(count), .seconds = 1}};
}

/// A day at the desk: half of the requests are for bookings, a fifth for lists, a tenth create
/// something.
Next mixed(const std::vector<std::string>& ids) {
  return [&ids](std::size_t n) -> Request {
    switch (n % 10) {
      case 0:
        return {post("/api/v1/bookings", booking_body()), 201};
      case 1:
      case 2:
        return {get("/api/v1/bookings?limit=50")};
      case 3:
      case 4:
        return {get("/api/v1/staff/queue?limit=50", as_staff)};
      default:
        return {get("/api/v1/bookings/" + ids[n * 7919 % ids.size()])};
    }
  };
}

class Throughput {
 public:
  Throughput(const ThroughputOptions& options, Report& report)
      : options_(options), report_(report) {}

  void run() {
    run_apart([&] { fill({.file = file_, .server = {}}, {.end = 10'000, .of = 10'000}); });
    ids_ = some_bookings(file_, 5'000);
    hss_ = serve_file(options_.folder, "hss");
    accounts_ = serve_accounts(options_.folder);
    // The body has a booking's size, so that both servers send the same.
    const std::string body = body_of(ask(hss_->port(), get("/api/v1/bookings/" + ids_.front())));
    report_.begin_table();
    for (const std::size_t connections : options_.connections) {
      const Child httplib(
          [&](const auto& publish_port) { serve_bare_httplib(body, connections, publish_port); });
      measure_all(httplib, connections);
    }
    report_.add("peak_memory_bytes", static_cast<double>(hss_->peak_memory()),
                "HSS had " + std::to_string(hss_->peak_memory() / 1'000'000) +
                    " MB of memory at most, and " + std::to_string(hss_->threads()) + " threads.");
    report_.json["threads"] = hss_->threads();
  }

 private:
  std::vector<Subject> subjects(const Child& httplib) const {
    const Child* hss = hss_.get();
    const auto plain = [](const std::string& bytes, int status = 200) {
      return [=] { return always(bytes, status); };
    };
    return {
        {"bare httplib, trivial route", &httplib, Baseline::none, plain(get("/trivial"))},
        {"bookings by id", hss, Baseline::httplib,
         [this] {
           return [this](std::size_t n) {
             return Request{get("/api/v1/bookings/" + ids_[n * 7919 % ids_.size()])};
           };
         }},
        {"bookings by id, from the database", hss, Baseline::httplib,
         [this] {
           return [this](std::size_t n) {
             return Request{get(afresh("/api/v1/bookings/" + ids_[n * 7919 % ids_.size()]))};
           };
         }},
        {"queue, unchanged (304)", hss, Baseline::httplib,
         [hss] { return unchanged(hss->port(), "/api/v1/staff/queue?limit=50"); }},
        {"queue, page of 50", hss, Baseline::httplib,
         plain(get("/api/v1/staff/queue?limit=50", as_staff))},
        {"bookings, page of 50", hss, Baseline::httplib, plain(get("/api/v1/bookings?limit=50"))},
        {"health", hss, Baseline::httplib, plain(get("/health"))},
        {"new bookings, durable", hss, Baseline::sqlite,
         plain(post("/api/v1/bookings", booking_body()), 201)},
        {"mixed, 1 in 10 a new booking", hss, Baseline::none, [this] { return mixed(ids_); }},
        {"logins", accounts_.get(), Baseline::none, plain(post("/api/v1/auth/login", login_body())),
         1}};
  }

  void measure_all(const Child& httplib, std::size_t connections) {
    const auto all = subjects(httplib);
    std::vector<std::vector<Measured>> measured(all.size());
    std::vector<Measured> sqlite, without_http;
    for (int round = 0; round < options_.rounds; ++round) {
      double bare_requests = 0, bare_bookings = 0;
      for (std::size_t i = 0; i < all.size(); ++i) {
        const Subject& subject = all[i];
        if (connections > subject.max_connections) continue;
        if (subject.baseline == Baseline::sqlite) {
          // All three start with as many bookings, as deeper trees take longer.
          const std::size_t before = count_bookings(file_);
          bare_bookings = measure_apart(
              [&] { return bare_sqlite(options_.folder + "/bare.db", before, options_.time); });
          sqlite.push_back(of_one_second(bare_bookings));
          without_http.push_back(of_one_second(measure_apart([&] {
            return hss_without_http(options_.folder + "/without_http.db", before, options_.time);
          })));
          without_http.back().ratio = without_http.back().load.per_second() / bare_bookings;
        }
        Measured one = measure(subject, connections, options_.time);
        if (subject.server == &httplib) bare_requests = one.load.per_second();
        if (subject.baseline == Baseline::httplib)
          one.ratio = one.load.per_second() / bare_requests;
        if (subject.baseline == Baseline::sqlite) one.ratio = one.load.per_second() / bare_bookings;
        measured[i].push_back(one);
      }
    }
    show("bare SQLite, 32 bookings a commit", 1, median(sqlite), Baseline::none);
    show("HSS without HTTP, 32 a commit", 1, median(without_http), Baseline::sqlite);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!measured[i].empty()) {
        show(all[i].name, connections, median(measured[i]), all[i].baseline);
      }
    }
  }

  void show(const std::string& name, std::size_t connections, const Measured& measured,
            Baseline baseline) {
    const char* const names[] = {"", "httplib", "SQLite"};
    report_.add({.name = name,
                 .connections = connections,
                 .load = measured.load,
                 .cpu_us = measured.cpu_us,
                 .baseline = names[static_cast<std::size_t>(baseline)],
                 .ratio = measured.ratio});
  }

  const ThroughputOptions options_;
  const std::string file_ = options_.folder + "/hss.db";
  Report& report_;
  std::vector<std::string> ids_;
  std::unique_ptr<Child> hss_, accounts_;
};

}  // namespace

void measure_throughput(const ThroughputOptions& options, Report& report) {
  Throughput(options, report).run();
}

}  // namespace hss::bench
