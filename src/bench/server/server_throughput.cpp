#include "bench/server/server_throughput.h"

#include <algorithm>
#include <cstdio>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <utility>

#include "bench/child.h"
#include "bench/filling.h"
#include "bench/interruption.h"
#include "bench/server/bare_server.h"
#include "bench/server/delay_proxy.h"
#include "bench/server/hearing.h"
#include "bench/server/instances.h"
#include "bench/server/server_subjects.h"
#include "bench/server/server_table.h"
#include "storage/open_store.h"

namespace hss::bench {
namespace {

using storage::ServerAddress;

constexpr std::size_t filled = 6'000;
constexpr std::size_t rows_a_commit = 32;
constexpr std::size_t connections_of_many_rows = 8;
constexpr std::chrono::milliseconds warm_up(50);
constexpr const char* hearing = "new booking sent, heard on a stream";
constexpr const char* bare_word = "bare";

/// The server behind a network, and the bare server's figures there.
struct Network {
  double ms = 0;
  ServerAddress server, owner;
  std::unique_ptr<Child> proxy;
  ServerRow one_a_commit, many_a_commit, selects;
};

/// What answers: its figures, a row for each subject and one for the streams.
struct Setting {
  Network* network = nullptr;  ///< none: SQLite
  std::size_t instances = 1;
  ServerData* data = nullptr;
  std::vector<ServerRow> rows;
};

ServerAddress through(ServerAddress address, const Child& proxy) {
  address.port = proxy.port();
  // By its name, if that leads here, too: a certificate has it.
  if (address.host != "localhost") address.host = "127.0.0.1";
  return address;
}

Figure of_rate(double a_second) {
  return {.load = {.answers = static_cast<std::size_t>(a_second), .seconds = 1}};
}

class Throughput {
 public:
  Throughput(const ServerOptions& options, Report& report) : options_(options), report_(report) {}

  void run() {
    const BareTable table(options_.owner);
    fill_all();
    make_networks();
    make_settings();
    const auto parts = this->parts();
    for (int round = 0; round < options_.rounds; ++round) {
      for (std::size_t i = 0; i < parts.size(); ++i) {
        std::fprintf(stderr, "round %d of %d, part %zu of %zu\n", round + 1, options_.rounds, i + 1,
                     parts.size());
        parts[(i + static_cast<std::size_t>(round)) % parts.size()](round);
      }
    }
    report_all();
  }

 private:
  using Part = std::function<void(int round)>;

  void fill_all() {
    const Numbers numbers{.from = 0, .end = filled, .of = filled};
    run_apart([&] { fill({.file = "", .server = options_.server}, numbers); });
    run_apart([&] { fill({.file = options_.folder + "/sqlite.db", .server = {}}, numbers); });
    server_data_ = find_data(on_server(options_.server, 1).ports().front());
    sqlite_data_ = find_data(Instances(options_.folder, "sqlite").ports().front());
  }

  Instances on_server(const ServerAddress& server, std::size_t count) const {
    return {server, count, options_.folder + "/instances.log"};
  }

  void make_networks() {
    for (const double ms : options_.networks_ms) {
      Network& network = *networks_.emplace_back(std::make_unique<Network>());
      network.ms = ms;
      network.server = options_.server;
      network.owner = options_.owner;
      if (ms > 0) {
        const auto each_way = std::chrono::microseconds(static_cast<std::int64_t>(ms * 500));
        network.proxy = std::make_unique<Child>([&](const auto& publish_port) {
          serve_delay_proxy(options_.server.host, options_.server.port, each_way, publish_port);
        });
        network.server = through(options_.server, *network.proxy);
        network.owner = through(options_.owner, *network.proxy);
      }
      for (const auto& [row, name] :
           {std::pair{&network.one_a_commit, "bare INSERT, one a commit"},
            std::pair{&network.many_a_commit, "bare INSERT, 32 a commit, 8 connections"},
            std::pair{&network.selects, "bare prepared SELECT by id"}}) {
        row->name = name;
        row->engine = "bare";
        row->network_ms = ms;
      }
    }
  }

  void make_settings() {
    const auto add = [&](Network* network, std::size_t instances, ServerData& data) {
      Setting& setting = *settings_.emplace_back(std::make_unique<Setting>());
      setting = {.network = network, .instances = instances, .data = &data, .rows = {}};
      const auto add_row = [&](const std::string& name, bool is_rate) {
        ServerRow& row = setting.rows.emplace_back();
        row.name = name;
        row.engine = network == nullptr ? "SQLite" : ServerAddress::name_of(options_.server.engine);
        if (network != nullptr) row.network_ms = network->ms;
        row.instances = instances;
        row.is_rate = is_rate;
      };
      for (const ServerSubject& subject : subjects_) add_row(subject.name, true);
      add_row(hearing, false);
    };
    add(nullptr, 1, sqlite_data_);
    for (const auto& network : networks_) {
      for (const std::size_t count : options_.instances) add(network.get(), count, server_data_);
    }
  }

  std::vector<Part> parts() {
    std::vector<Part> parts;
    for (const auto& network : networks_) {
      parts.push_back([&](int round) { measure_bare(*network, round); });
    }
    for (const auto& setting : settings_) {
      parts.push_back([&](int round) { measure(*setting, round); });
    }
    return parts;
  }

  void measure_bare(Network& network, int round) {
    const auto inserts = [&](std::size_t connections, std::size_t rows) {
      return [=, this, &network] {
        return bare_inserts(network.owner, connections, rows, next_seq_, options_.time);
      };
    };
    std::vector<std::function<void()>> all{
        [&] { take_bare(network.one_a_commit, inserts(options_.connections, 1)); },
        [&] { take_bare(network.many_a_commit, inserts(connections_of_many_rows, rows_a_commit)); },
        [&] {
          take_bare(network.selects, [&] {
            return bare_selects(network.owner, options_.connections, server_data_.ids,
                                options_.time);
          });
        }};
    run_rotated(all, round);
  }

  void take_bare(ServerRow& row, const std::function<double()>& measurement) {
    row.rounds.push_back(of_rate(measure_apart(measurement)));
    // No measurement makes as many.
    next_seq_ += 100'000'000;
  }

  void measure(Setting& setting, int round) {
    const Instances instances = setting.network == nullptr
                                    ? Instances(options_.folder, "sqlite")
                                    : on_server(setting.network->server, setting.instances);
    std::vector<std::function<void()>> all;
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      all.emplace_back([&, i] {
        setting.rows[i].rounds.push_back(measure(subjects_[i], instances, *setting.data));
      });
    }
    all.emplace_back([&] {
      const auto& ports = instances.ports();
      setting.rows.back().rounds.push_back(
          {measure_hearing(ports.front(), ports.back(), changes())});
    });
    run_rotated(all, round);
  }

  Figure measure(const ServerSubject& subject, const Instances& instances, ServerData& data) const {
    const auto next = subject.prepare(instances.ports(), data);
    run_load(instances.ports(), options_.connections, warm_up, next);
    const double before = instances.cpu_seconds();
    Figure figure{run_load(instances.ports(), options_.connections, options_.time, next)};
    figure.cpu_us =
        (instances.cpu_seconds() - before) * 1e6 / static_cast<double>(figure.load.answers);
    return figure;
  }

  /// As many as fit into some measurements' time.
  std::size_t changes() const {
    return std::clamp<std::size_t>(static_cast<std::size_t>(options_.time.count()) / 50, 3, 40);
  }

  static void run_rotated(const std::vector<std::function<void()>>& all, int round) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      require_no_interruption();
      all[(i + static_cast<std::size_t>(round)) % all.size()]();
    }
  }

  void report_all() {
    std::vector<const ServerRow*> rows;
    for (const auto& network : networks_) {
      for (const auto* row : {&network->one_a_commit, &network->many_a_commit, &network->selects}) {
        rows.push_back(row);
      }
    }
    for (std::size_t i = 0; i <= subjects_.size(); ++i) {
      const Setting* of_network = nullptr;
      for (const auto& setting : settings_) {
        ServerRow& row = setting->rows[i];
        if (i < subjects_.size()) add_bare(row, subjects_[i].bare, *setting);
        const bool is_first = of_network == nullptr || of_network->network != setting->network;
        if (is_first) of_network = setting.get();
        if (!is_first && row.is_rate) {
          row.baselines.emplace_back(std::to_string(of_network->instances) + " inst.",
                                     &of_network->rows[i]);
        }
        rows.push_back(&row);
      }
    }
    report_table(rows, report_);
  }

  static void add_bare(ServerRow& row, BareSubject bare, const Setting& setting) {
    const Network* const network = setting.network;
    if (network == nullptr) return;
    if (bare == BareSubject::inserts) {
      row.baselines.emplace_back(bare_word, &network->one_a_commit);
      row.baselines.emplace_back("bare 32", &network->many_a_commit);
    }
    if (bare == BareSubject::selects) row.baselines.emplace_back(bare_word, &network->selects);
  }

  const ServerOptions options_;
  Report& report_;
  const std::vector<ServerSubject> subjects_ = server_subjects();
  ServerData server_data_, sqlite_data_;
  std::vector<std::unique_ptr<Network>> networks_;
  std::vector<std::unique_ptr<Setting>> settings_;
  std::int64_t next_seq_ = 1;
};

}  // namespace

void prepare_server(const ServerAddress& server, const ServerAddress& owner) {
  const auto report = [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); };
  storage::migrate_server(
      owner, server.user, [](const std::string&) {}, report);
  const auto connection =
      storage::connect_to_server(owner, storage::ServerConnection::Purpose::manage);
  storage::Query count(*connection, "SELECT count(*) FROM bookings");
  count.step();
  if (count.integer(0) == 0) return;
  throw std::runtime_error(server.text() + " has " + std::to_string(count.integer(0)) +
                           " bookings; name a database without any in DB_NAME, as a bench leaves"
                           " its own there");
}

void measure_server(const ServerOptions& options, Report& report) {
  std::cout << "A round trip to the server takes the milliseconds of `network` longer; "
            << options.connections << " connections in all.\n";
  Throughput(options, report).run();
}

}  // namespace hss::bench
