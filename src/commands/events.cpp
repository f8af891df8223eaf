#include <algorithm>
#include <chrono>
#include <iomanip>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "commands/commands.h"
#include "commands/report.h"
#include "domain/clock.h"
#include "domain/error.h"
#include "domain/events/send_again.h"
#include "storage/open_store.h"

namespace hss::commands {
namespace {

using domain::Delivery;
using domain::DeliveryState;

/// Lists every delivery in that state, newest event first.
std::vector<Delivery> all_deliveries(domain::Store& store, const std::optional<std::string>& target,
                                     std::optional<DeliveryState> state) {
  std::vector<Delivery> all;
  domain::Page page{.limit = 200};
  for (;;) {
    auto slice = store.read([&](domain::Reader& reader) {
      return reader.outbox().list_deliveries(target, state, page);
    });
    all.insert(all.end(), slice.rows.begin(), slice.rows.end());
    if (!slice.next_cursor) return all;
    page.cursor = slice.next_cursor;
  }
}

void print(const domain::OutboxTarget& target) {
  std::cout << target.name << ": " << target.backlog << " waiting";
  if (target.oldest) std::cout << ", the oldest from " << *target.oldest;
  std::cout << "; " << target.dead_lettered << " set aside\n";
  if (!target.last_success_at.empty()) {
    std::cout << "  last delivery " << target.last_success_at << '\n';
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

/// The active targets that the user selected.
std::vector<std::string> targets_meant(const Config& config, domain::Tx& tx) {
  const std::string& name = config.events.target;
  std::vector<std::string> meant;
  for (const auto& target : tx.outbox().list_targets()) {
    if (!name.empty() && target.name != name) continue;
    const auto webhook = tx.webhooks().find(target.name);
    const bool is_silent = webhook && !webhook->enabled;
    if (is_silent && target.dead_lettered > 0) {
      report(target.name + " is disabled, so nothing is sent to it; an administrator enables it");
    }
    if (!is_silent) meant.push_back(target.name);
  }
  return meant;
}

std::int64_t retry(const Config& config, domain::Tx& tx) {
  const std::string now = domain::to_rfc3339(std::chrono::system_clock::now());
  const auto targets = targets_meant(config, tx);
  std::int64_t count = 0;
  if (config.events.all) {
    for (const std::string& target : targets) count += domain::send_dead_again(tx, target, now);
    return count;
  }
  for (const std::int64_t id : config.events.ids) {
    const auto found = std::count_if(targets.begin(), targets.end(), [&](const auto& target) {
      return tx.outbox().retry_delivery(target, id, now);
    });
    if (found == 0) {
      throw domain::Error(domain::ErrorCode::not_found,
                          "Event " + std::to_string(id) +
                              " is neither set aside nor waiting; see hss events list --all");
    }
    count += found;
  }
  return count;
}

}  // namespace

int list_events(const Config& config) {
  const auto store = storage::open_existing_store(config.place(), report);
  const auto targets =
      store->read([](domain::Reader& reader) { return reader.outbox().list_targets(); });
  if (targets.empty()) {
    std::cout << "No webhook or SNS topic receives events; MESSAGE_BUS_MODE=sns turns SNS on\n";
    return 0;
  }
  for (const auto& target : targets) print(target);
  print(all_deliveries(*store, std::nullopt, DeliveryState::dead_lettered),
        "Set aside (hss events retry sends them again):");
  if (config.events.all) {
    print(all_deliveries(*store, std::nullopt, DeliveryState::waiting),
          "Waiting for another try, or for an earlier one of their booking:");
  }
  return 0;
}

int retry_events(const Config& config) {
  const auto store = storage::open_existing_store(config.place(), report);
  const std::int64_t count = store->transact([&](domain::Tx& tx) { return retry(config, tx); });
  std::cout << count << (count == 1 ? " event is" : " events are")
            << " queued for hss serve to send\n";
  return 0;
}

}  // namespace hss::commands
