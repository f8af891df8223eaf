#include "events/dispatcher.h"

#include <algorithm>
#include <array>
#include <exception>
#include <utility>

#include "domain/error.h"

namespace hss::events {
namespace {

using domain::Delivery;
using domain::DeliveryResult;
using domain::DeliveryState;
using std::chrono::milliseconds;

/// Polling finds what another process wrote.
constexpr milliseconds max_sleep{5'000};
constexpr int failures_of_one_away = 3;
/// No call takes longer (WebhookCalls), so that none ends after another instance has begun.
constexpr std::chrono::seconds min_lease{13};

milliseconds doubled(milliseconds first, int times, milliseconds at_most) {
  milliseconds time = first;
  for (int i = 0; i < times && time < at_most; ++i) time *= 2;
  return std::min(time, at_most);
}

}  // namespace

Dispatcher::Dispatcher(domain::Store& store, domain::Publisher& publisher, domain::Clock now,
                       domain::RandomBytes random, std::function<void(const std::string&)> report,
                       DispatcherOptions options)
    : store_(store),
      publisher_(publisher),
      now_(std::move(now)),
      random_(std::move(random)),
      report_(std::move(report)),
      options_(std::move(options)),
      lease_(store_.ask_for_lease(options_.target, [this] { wake(); })) {}

Dispatcher::~Dispatcher() {
  stop();
}

void Dispatcher::start() {
  watch_ = store_.on_commit([this] { wake(); });
  thread_ = std::thread([this] { run(); });
}

void Dispatcher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  publisher_.stop();
  if (!thread_.joinable()) return;
  thread_.join();
  watch_.reset();
  // Another instance goes on at once.
  lease_.reset();
}

void Dispatcher::wake() {
  const std::lock_guard lock(mutex_);
  has_change_ = true;
  changed_.notify_one();
}

void Dispatcher::run() {
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
      has_change_ = false;
    }
    if (is_left_alone()) continue;
    Outcome outcome = Outcome::failed;
    try {
      outcome = deliver();
    } catch (const domain::Error& error) {
      // The target was deleted, which is no failure: this dispatcher ends, too.
      if (error.code() == domain::ErrorCode::not_found) return;
      ++failures_in_a_row_;
      report_("events for " + options_.target + " wait: " + error.what());
    } catch (const std::exception& failure) {
      // The writer logs errors of the database.
      ++failures_in_a_row_;
      report_("events for " + options_.target + " wait: " + failure.what());
    }
    if (outcome == Outcome::went_well) continue;
    if (outcome == Outcome::failed) {
      pause(jittered(doubled(options_.first_pause, failures_in_a_row_ - 1, options_.max_pause)));
      continue;
    }
    milliseconds sleep = max_sleep;
    if (!next_try_at_.empty()) {
      const auto due = std::chrono::ceil<milliseconds>(domain::from_rfc3339(next_try_at_) - now_());
      sleep = std::clamp(due, milliseconds(1), max_sleep);
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, sleep, [this] { return stopping_ || has_change_; });
  }
}

Dispatcher::Outcome Dispatcher::deliver(domain::Deadline deadline) {
  next_try_at_.clear();
  const auto lease = lease_->find_held();
  if (!lease) return Outcome::nothing_due;
  // An event whose delivery could not be recorded would be delivered again.
  if (unsettled_ && !commit_batch()) return Outcome::went_well;
  const std::string now = domain::to_rfc3339(now_());
  // If every delivery fails, an event that was never tried may still go through.
  const auto order =
      failures_in_a_row_ > 0 ? domain::BatchOrder::new_first : domain::BatchOrder::waiting_first;
  const domain::OutboxBatch batch = store_.read([&](domain::Reader& reader) {
    return reader.outbox().next_batch(options_.target, now,
                                      static_cast<int>(publisher_.max_at_once()), order);
  });
  next_try_at_ = batch.next_try_at;
  const bool clock_was_set_back = is_beyond_any_wait(batch.last_try_at);
  if (batch.due.empty() && batch.held.empty() && !batch.is_worth_committing &&
      !clock_was_set_back) {
    return Outcome::nothing_due;
  }

  const auto renewed = lease_->find_held(min_lease);
  // Another instance may have delivered some of these meanwhile.
  if (!renewed || renewed->leader != lease->leader) return Outcome::went_well;

  std::vector<domain::OutboxEvent> events;
  events.reserve(batch.due.size());
  for (const Delivery& due : batch.due) events.push_back(due.event);
  std::vector<DeliveryResult> results;
  if (!events.empty()) results = publisher_.publish(events, std::min(deadline, renewed->until));
  leave_alone(results);
  const auto went_well = [](const DeliveryResult& one) {
    return one.result != DeliveryResult::Result::failed;
  };
  const bool some_went_well = std::any_of(results.begin(), results.end(), went_well);
  const auto first_failure = std::find_if_not(results.begin(), results.end(), went_well);
  domain::BatchResult result{
      .held = batch.held,
      .position = batch.position,
      .keeps_log = options_.keeps_log,
      .is_back = clock_was_set_back || (some_went_well && (was_away() || last_success_at_.empty())),
      .now = domain::to_rfc3339(now_()),
      .keep_log_from = domain::to_rfc3339(now_() - options_.log_lasts),
      .leader = lease->leader};
  if (some_went_well) last_success_at_ = result.now;
  for (std::size_t i = 0; i < results.size(); ++i) {
    if (results[i].result != DeliveryResult::Result::failed || !is_stopping()) {
      result.done.push_back(judge(batch.due[i], results[i], some_went_well));
    } else if (!some_went_well) {
      // stop() aborted the call, so nothing failed.
      return Outcome::failed;
    } else if (batch.due[i].next_try_at.empty()) {
      result.held.push_back(batch.due[i].event);
    }
  }
  unsettled_ = std::move(result);
  if (!commit_batch() || results.empty()) return Outcome::went_well;
  if (some_went_well) {
    announce_change(false, "");
    return Outcome::went_well;
  }
  announce_change(true, first_failure->error);
  return Outcome::failed;
}

/// False if another instance has begun to deliver, which publishes again what was published under
/// the earlier lease.
bool Dispatcher::commit_batch() {
  const bool is_done = store_.transact(
      [&](domain::Tx& tx) { return tx.outbox().commit_batch(options_.target, *unsettled_); });
  if (!is_done) {
    unsettled_.reset();
    lease_->check();
    return false;
  }
  for (const Delivery& delivery : unsettled_->done) {
    if (delivery.state != DeliveryState::dead_lettered) continue;
    report_("event " + std::to_string(delivery.event.id) + " is set aside, as " + options_.target +
            " did not accept it: " + delivery.error + " (hss events list)");
  }
  unsettled_.reset();
  return true;
}

/// True if only a clock that was set back explains such a long wait.
bool Dispatcher::is_beyond_any_wait(const std::string& time) const {
  return !time.empty() && domain::from_rfc3339(time) > now_() + options_.max_wait;
}

/// Reports that a target is back only if it was away long enough to be reported.
void Dispatcher::announce_change(bool is_failing, const std::string& error) {
  if (is_failing) {
    if (++failures_in_a_row_ == failures_of_one_away) {
      report_("events for " + options_.target + " are waiting to be tried again: " + error);
    }
    return;
  }
  if (was_away()) report_("events for " + options_.target + " are being delivered again");
  failures_in_a_row_ = 0;
}

bool Dispatcher::was_away() const {
  return failures_in_a_row_ >= failures_of_one_away;
}

Delivery Dispatcher::judge(const Delivery& due, const DeliveryResult& result,
                           bool others_went_well) {
  Delivery delivery = due;
  ++delivery.tries;
  delivery.status_code = result.status_code;
  delivery.error = result.error;
  delivery.took_ms = result.took.count();
  if (result.result == DeliveryResult::Result::delivered) {
    delivery.state = DeliveryState::delivered;
    delivery.next_try_at.clear();
    return delivery;
  }
  if (delivery.first_failed_at.empty()) delivery.first_failed_at = domain::to_rfc3339(now_());
  // If no other event went through since its last try, this event is not the cause. The first try
  // alone does not show which.
  const bool is_first = due.updated_at.empty();
  const bool others_go_through =
      others_went_well || is_first ||
      (last_success_at_ > due.updated_at && last_success_at_ <= domain::to_rfc3339(now_()));
  if (!others_go_through) delivery.tries = due.tries;
  if (result.result == DeliveryResult::Result::permanent_failure ||
      (delivery.tries >= options_.max_tries && others_go_through)) {
    delivery.state = DeliveryState::dead_lettered;
    delivery.next_try_at.clear();
    return delivery;
  }
  delivery.state = DeliveryState::waiting;
  // An unreachable target gets one event after the other: each waits until after the next pause, so
  // that one that can never succeed does not keep the others from trying.
  const milliseconds wait =
      jittered(others_go_through
                   ? doubled(options_.first_pause, delivery.tries - 1, options_.max_wait)
                   : doubled(options_.first_pause, failures_in_a_row_ + 2, 2 * options_.max_pause));
  const milliseconds asked_for = std::min<milliseconds>(result.retry_after, options_.max_wait);
  delivery.next_try_at = domain::to_rfc3339(now_() + std::max(wait, asked_for));
  return delivery;
}

void Dispatcher::leave_alone(const std::vector<DeliveryResult>& results) {
  std::chrono::seconds asked_for{0};
  for (const DeliveryResult& one : results) asked_for = std::max(asked_for, one.retry_after);
  left_alone_until_ = std::chrono::steady_clock::now() + std::min(asked_for, options_.max_wait);
}

/// Sleeps for the time that is left.
bool Dispatcher::is_left_alone() {
  const auto left =
      std::chrono::ceil<milliseconds>(left_alone_until_ - std::chrono::steady_clock::now());
  if (left <= milliseconds(0)) return false;
  pause(left);
  return true;
}

bool Dispatcher::is_stopping() {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Dispatcher::pause(milliseconds at_most) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, at_most, [this] { return stopping_; });
}

/// Returns between half of `time` and all of it, so that many targets are not called at once.
milliseconds Dispatcher::jittered(milliseconds time) {
  std::array<std::uint8_t, 2> bytes{};
  random_(bytes);
  const int share = bytes[0] * 256 + bytes[1];
  return time / 2 + time * share / (2 * 65'536);
}

}  // namespace hss::events
