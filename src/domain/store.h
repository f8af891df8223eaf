#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "domain/accounts/account_store.h"
#include "domain/bookings/booking.h"
#include "domain/bookings/pricing.h"
#include "domain/deferred.h"
#include "domain/events/event.h"
#include "domain/events/notification.h"
#include "domain/events/outbox.h"
#include "domain/events/webhook.h"
#include "domain/expiry.h"
#include "domain/idempotency_record.h"
#include "domain/page.h"
#include "domain/payments/payment.h"

namespace hss::domain {

/// The order of a list. Bookings with the same pickup date are ordered by creation, the last one
/// first if the latest date comes first.
enum class BookingSort { newest, oldest, latest_pickup, earliest_pickup };

inline constexpr std::array all_booking_sorts{BookingSort::newest, BookingSort::oldest,
                                              BookingSort::latest_pickup,
                                              BookingSort::earliest_pickup};

/// The member that it sorts by, after a minus sign if it is descending: `-created_at`.
std::string_view to_text(BookingSort sort);

struct BookingFilter {
  std::optional<Status> status;
  std::optional<std::string> owner;  ///< only bookings of this account
  std::string q;  ///< names, references, addresses, dates, items: must match all its words
  BookingSort sort = BookingSort::newest;
};

struct AuditFilter {
  std::optional<std::string> booking_id;
  std::optional<std::string> event_type;
};

struct StatusCount {
  Status status = Status::submitted;
  std::int64_t count = 0;
};

struct Overview {
  std::int64_t total_bookings = 0;
  Money gross_value;                   ///< of every booking ever made, in any state
  Money booked_value;                  ///< of those neither declined nor cancelled
  Money paid_revenue;                  ///< every payment captured
  std::vector<StatusCount> by_status;  ///< all statuses, in the order of the lifecycle
};

struct WeekFigures {
  std::string week;           ///< as returned by to_week()
  std::int64_t bookings = 0;  ///< bookings made in it
  Money revenue;              ///< payments captured in it
};

struct ItemFigures {
  ItemType type = ItemType::other;
  std::string label;
  std::int64_t count = 0;  ///< in all bookings ever made
};

struct DurationFigures {
  int duration_months = min_months;
  std::int64_t count = 0;  ///< bookings for this many months
};

struct Statistics {
  std::vector<WeekFigures> weeks;
  std::vector<ItemFigures> items;          ///< one for each type
  std::vector<DurationFigures> durations;  ///< min_months to max_months
};

struct BoardColumn {
  Status status = Status::submitted;
  std::int64_t count = 0;   ///< in this status, whether listed here or not
  Slice<Booking> bookings;  ///< oldest first; the queue of this status has the rest
};

/// One consistent view of the data. Used by one thread, during the call that provides it.
///
/// Every method of Reader and Tx may throw Error{unavailable} if the database cannot be used; lists
/// throw Error{validation_error} for a cursor that names no row.
class Reader : public AccountReader, public OutboxReader, public WebhookReader {
 public:
  virtual std::optional<Booking> find_booking(std::string_view id) = 0;
  virtual std::vector<Item> find_items(std::string_view booking_id) = 0;
  /// Read from the audit trail, oldest first; empty if there is no such booking.
  virtual std::vector<BookingStep> find_steps(std::string_view booking_id) = 0;
  /// Notifications about the booking, oldest first.
  virtual Slice<SentNotification> list_notifications(std::string_view booking_id,
                                                     const Page& page) = 0;
  /// Ordered as the filter says. With `q` and an order by pickup date, every booking found is
  /// sorted.
  virtual Slice<Booking> list_bookings(const BookingFilter& filter, const Page& page) = 0;
  /// Oldest first: every booking not returned, declined or cancelled, or only those in `status`.
  virtual Slice<Booking> list_queue(std::optional<Status> status, const Page& page) = 0;
  /// Newest first.
  virtual Slice<AuditEvent> list_audit(const AuditFilter& filter, const Page& page) = 0;
  /// The cost of this and the next two does not depend on the number of bookings.
  virtual Overview overview() = 0;
  /// For these weeks, as returned by last_weeks().
  virtual Statistics statistics(const std::vector<std::string>& weeks) = 0;
  virtual Catalog catalog() = 0;
  /// Reads every event and booking: some seconds for a million. Store::verify_audit() shares one
  /// run.
  virtual AuditReport verify_audit() = 0;

  /// Throws Error{not_found} if there is no such booking, and with the same message if `viewer` may
  /// not see it.
  Booking get_booking(std::string_view id, const Principal& viewer);
  /// The queue by status, at most `limit` bookings of each.
  std::vector<BoardColumn> board(int limit);
};

/// One unit of work: all of it is committed or nothing.
class Tx : public Reader, public AccountWriter, public OutboxWriter, public WebhookWriter {
 public:
  /// Returns false and does nothing if the id is taken.
  [[nodiscard]] virtual bool insert_booking(const Booking& booking,
                                            const std::vector<Item>& items) = 0;
  virtual void update_status(std::string_view booking_id, Status status,
                             std::string_view updated_at) = 0;
  /// Records the payment and takes the booking from approved to paid.
  virtual void insert_payment(std::string_view booking_id, const Payment& payment) = 0;
  virtual void insert_notification(const Notification& notification,
                                   std::string_view created_at) = 0;
  virtual void append_audit(const Event& event) = 0;

  /// The answer to this scope's key, unless it is older than `not_before` (RFC 3339).
  virtual std::optional<IdempotencyRecord> find_idempotency_record(std::string_view scope,
                                                                   std::string_view key,
                                                                   std::string_view not_before) = 0;
  /// Replaces an expired answer to the same key, and deletes a few others older than `not_before`.
  virtual void insert_idempotency_record(const IdempotencyRecord& answer,
                                         std::string_view not_before) = 0;
  /// If the holder has `max` answers that are not older than `not_before`: the creation time of the
  /// one that has to expire before another fits.
  virtual std::optional<std::string> find_blocking_idempotency_record(std::string_view holder,
                                                                      std::string_view not_before,
                                                                      int max) = 0;

  /// Deletes at most `limit` rows of each kind that have expired. True if there may be more.
  [[nodiscard]] virtual bool delete_expired(const Expiry& expiry, int limit) = 0;
};

/// Its destructor ends the calls, and waits for one that is under way.
class Subscription {
 public:
  virtual ~Subscription() = default;
};

/// One set of changes, committed together or not at all.
class UnitOfWork {
 public:
  /// Waits until the work has ended, if it was started.
  virtual ~UnitOfWork() = default;
  /// Called once. If `done` is set, another thread calls it when the work has ended.
  virtual void start(std::function<void()> done) = 0;
  /// After start(), returns when the work is on disk; rethrows what it threw, or throws why it is
  /// not on disk.
  virtual void wait() = 0;
};

/// The store of all data. Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  /// Runs `work(Reader&)` on a snapshot that no write disturbs, and returns its result.
  template <class Work>
  auto read(Work&& work) {
    return returning<Reader>(work, [this](const auto& unit) { do_read(unit); });
  }

  /// Runs `work(Tx&)` as one unit of work and returns once it is on disk. If `work` throws, nothing
  /// of it remains and the exception comes out here. `work` runs on another thread, while this one
  /// waits: it must not block, nor use the store. It may run more than once, after its earlier
  /// changes were undone, so it changes nothing but through the Tx and its result.
  template <class Work>
  auto transact(Work&& work) {
    return returning<Tx>(work, [this](const auto& unit) {
      const auto prepared = prepare(unit);
      prepared->start({});
      prepared->wait();
    });
  }

  /// The same for a caller that does other work until the commit.
  template <class Work>
  auto transact_deferred(Work work) {
    using Result = std::invoke_result_t<Work&, Tx&>;
    struct State {
      explicit State(Work given) : work(std::move(given)) {}
      Work work;
      std::optional<Result> result;
      std::unique_ptr<UnitOfWork> unit;  // destroyed first, as it uses the others
    };
    auto state = std::make_shared<State>(std::move(work));
    state->unit = prepare([at = state.get()](Tx& tx) { at->result.emplace(at->work(tx)); });
    return Deferred<Result>{.start = [state](auto done) { state->unit->start(std::move(done)); },
                            .rest =
                                [state] {
                                  state->unit->wait();
                                  return std::move(*state->result);
                                }};
  }

  /// Checks the whole audit trail, on a snapshot that no write waits for. Callers that come during
  /// a check wait for it and get its report, with its `now` (RFC 3339).
  virtual AuditReport verify_audit(std::string_view now) = 0;

  /// Throws Error{unavailable} unless the data can be read and written now.
  virtual void check() = 0;

  /// Changes whenever the data changes, also from another process, and differs in every run of this
  /// process. Data read after it is at least as new. It changes before the change is answered.
  virtual std::uint64_t revision() = 0;

  /// Calls `changed` after each commit of this process that changed something, once it is on disk.
  /// Called on the writer's thread, so `changed` does next to nothing: it does not wait or use the
  /// store.
  [[nodiscard]] virtual std::unique_ptr<Subscription> on_commit(std::function<void()> changed) = 0;

  /// Calls `changed` after each commit of this process that may have removed somebody's right
  /// (Reader::rights_revision()), once it is on disk and before it is answered. As in on_commit().
  [[nodiscard]] virtual std::unique_ptr<Subscription> on_rights_change(
      std::function<void()> changed) = 0;

 protected:
  virtual void do_read(const std::function<void(Reader&)>& work) = 0;
  virtual std::unique_ptr<UnitOfWork> prepare(std::function<void(Tx&)> work) = 0;

 private:
  template <class View, class Work, class Run>
  static auto returning(Work& work, const Run& run) {
    using Result = std::invoke_result_t<Work&, View&>;
    if constexpr (std::is_void_v<Result>) {
      run([&](View& view) { work(view); });
    } else {
      std::optional<Result> result;
      run([&](View& view) { result.emplace(work(view)); });
      return std::move(*result);
    }
  }
};

}  // namespace hss::domain
