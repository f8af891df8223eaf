#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "commands/commands.h"
#include "domain/clock.h"
#include "domain/error.h"
#include "storage/migrations.h"
#include "storage/sqlite_store.h"

namespace hss::commands {
namespace {

using domain::Delivery;
using domain::DeliveryState;

const auto report = [](const std::string& text) { std::cerr << text << '\n'; };

/// Every delivery in that state, newest event first.
std::vector<Delivery> all_deliveries(domain::Store& store, const std::optional<std::string>& target,
                                     std::optional<DeliveryState> state) {
  std::vector<Delivery> all;
  domain::Page page{.limit = 200};
  for (;;) {
    auto slice = store.read(
        [&](domain::Reader& reader) { return reader.list_deliveries(target, state, page); });
    all.insert(all.end(), slice.rows.begin(), slice.rows.end());
    if (!slice.next_cursor) return all;
    page.cursor = slice.next_cursor;
  }
}

void print(const domain::OutboxTarget& target) {
  std::cout << target.name << ": " << target.backlog << " to be told";
  if (target.oldest) std::cout << ", the oldest of " << *target.oldest;
  std::cout << "; " << target.dead << " set aside\n";
  if (!target.last_success_at.empty()) {
    std::cout << "  last told " << target.last_success_at << '\n';
  }
  if (!target.last_error.empty()) {
    std::cout << "  last error " << target.last_error_at << "  " << target.last_error << '\n';
  }
}

void print(const std::vector<Delivery>& deliveries, const std::string& heading) {
  if (deliveries.empty()) return;
  std::cout << '\n' << heading << '\n';
  for (const Delivery& delivery : deliveries) {
    std::cout << std::right << std::setw(8) << delivery.event.id << "  " << std::left
              << std::setw(18) << delivery.event.type << "  " << std::setw(14)
              << delivery.event.booking_id.value_or("-") << "  " << delivery.target << "  "
              << delivery.tries << (delivery.tries == 1 ? " try  " : " tries  ") << delivery.error
              << '\n';
  }
}

/// Of whom something is to be sent again, and what.
using Retries = std::vector<std::pair<std::string, std::int64_t>>;

Retries retries_of(const Config& config, domain::Store& store,
                   const std::vector<domain::OutboxTarget>& targets) {
  const std::optional<std::string> target =
      config.events.target.empty() ? std::nullopt : std::optional(config.events.target);
  Retries retries;
  if (config.events.all) {
    for (const Delivery& dead : all_deliveries(store, target, DeliveryState::dead)) {
      retries.emplace_back(dead.target, dead.event.id);
    }
    return retries;
  }
  for (const std::int64_t id : config.events.ids) {
    for (const auto& known : targets) {
      if (!target || known.name == *target) retries.emplace_back(known.name, id);
    }
  }
  return retries;
}

}  // namespace

int list_events(const Config& config) {
  storage::require_current(config.db, storage::hss_schema(), report);
  storage::SqliteStore store(config.db, report);
  const auto targets = store.read([](domain::Reader& reader) { return reader.list_targets(); });
  if (targets.empty()) {
    std::cout << "Nobody is told of events; MESSAGE_BUS_MODE=sns turns it on\n";
    return 0;
  }
  for (const auto& target : targets) print(target);
  print(all_deliveries(store, std::nullopt, DeliveryState::dead),
        "Set aside (hss events retry sends them again):");
  if (config.events.all) {
    print(all_deliveries(store, std::nullopt, DeliveryState::waiting),
          "Waiting for another try, or for an earlier one of their booking:");
  }
  return 0;
}

int retry_events(const Config& config) {
  storage::require_current(config.db, storage::hss_schema(), report);
  storage::SqliteStore store(config.db, report);
  const auto targets = store.read([](domain::Reader& reader) { return reader.list_targets(); });
  const std::string now = domain::to_rfc3339(std::chrono::system_clock::now());
  const Retries retries = retries_of(config, store, targets);
  const auto found = store.transact([&](domain::Tx& tx) {
    std::vector<std::int64_t> ids;
    for (const auto& [target, id] : retries) {
      if (tx.retry_delivery(target, id, now)) ids.push_back(id);
    }
    return ids;
  });
  for (const std::int64_t id : config.events.ids) {
    if (std::find(found.begin(), found.end(), id) != found.end()) continue;
    throw domain::Error(domain::ErrorCode::not_found,
                        "Event " + std::to_string(id) +
                            " was neither set aside nor waits; see hss events list --all");
  }
  std::cout << found.size() << (found.size() == 1 ? " event is" : " events are")
            << " sent again while hss serve runs\n";
  return 0;
}

}  // namespace hss::commands
