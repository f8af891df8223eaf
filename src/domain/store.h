#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "domain/accounts/account_store.h"
#include "domain/accounts/session_store.h"
#include "domain/accounts/ticket_store.h"
#include "domain/accounts/token_key_store.h"
#include "domain/bookings/booking_store.h"
#include "domain/bookings/claim_code_store.h"
#include "domain/business/business_store.h"
#include "domain/calendar/calendar_store.h"
#include "domain/catalog/catalog_store.h"
#include "domain/deferred.h"
#include "domain/events/audit_store.h"
#include "domain/events/lease.h"
#include "domain/events/notification_store.h"
#include "domain/events/outbox.h"
#include "domain/events/webhook.h"
#include "domain/expiry.h"
#include "domain/idempotency_record.h"
#include "domain/reports/report_store.h"
#include "domain/residences/residence_store.h"
#include "domain/uploads/upload_store.h"

namespace hss::domain {

/// One consistent view of the data, a repository a noun. Used by one thread, for the length of the
/// call that lent it.
///
/// Every method of a repository may throw Error{unavailable} where the database cannot be used;
/// lists throw Error{validation_error} for a cursor that no list can have given.
class Reader {
 public:
  virtual ~Reader() = default;

  virtual AccountReader& accounts() = 0;
  virtual AuditReader& audit() = 0;
  virtual BookingReader& bookings() = 0;
  virtual BusinessReader& business() = 0;
  virtual CalendarReader& calendar() = 0;
  virtual CatalogReader& catalog() = 0;
  virtual NotificationReader& notifications() = 0;
  virtual OutboxReader& outbox() = 0;
  virtual ReportReader& reports() = 0;
  virtual ResidenceReader& residences() = 0;
  virtual SessionReader& sessions() = 0;
  virtual TokenKeyReader& token_keys() = 0;
  virtual UploadReader& uploads() = 0;
  virtual WebhookReader& webhooks() = 0;
};

/// One unit of work: all of it is done or nothing.
class Tx : public Reader {
 public:
  AccountWriter& accounts() override = 0;
  AuditWriter& audit() override = 0;
  BookingWriter& bookings() override = 0;
  BusinessWriter& business() override = 0;
  CalendarWriter& calendar() override = 0;
  CatalogWriter& catalog() override = 0;
  virtual ClaimCodeStore& claim_codes() = 0;
  virtual IdempotencyStore& idempotency() = 0;
  NotificationWriter& notifications() override = 0;
  OutboxWriter& outbox() override = 0;
  ResidenceWriter& residences() override = 0;
  SessionWriter& sessions() override = 0;
  TokenKeyWriter& token_keys() override = 0;
  UploadWriter& uploads() override = 0;
  WebhookWriter& webhooks() override = 0;

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

  /// True if whoever reads waits for another machine, which may take its time.
  virtual bool waits_to_read() const { return false; }

  /// Checks the whole audit trail, on a snapshot that no write waits for. Callers that come during
  /// a check wait for it and get its report, with its `now` (RFC 3339).
  virtual AuditReport verify_audit(std::string_view now) = 0;

  /// Throws Error{unavailable} unless the data can be read and written now.
  virtual void check() = 0;

  /// Changes whenever the data changes, also from another process; the same number never means
  /// other data, in no run of this process. Data read after it is at least as new. It changes
  /// before the change is answered.
  virtual std::uint64_t revision() = 0;

  /// Calls `changed` after each commit of this process that changed something, once it is on disk;
  /// on a database server, soon after another instance's, too, and then perhaps once for several.
  /// Called on a thread of the store, which others wait for, so `changed` does next to nothing: it
  /// does not wait or use the store.
  [[nodiscard]] virtual std::unique_ptr<Subscription> on_commit(std::function<void()> changed) = 0;

  /// Calls `changed` after each commit of this process that may have taken a right from somebody
  /// (SessionReader::rights_revision()), once it is on disk and before it is answered; on a
  /// database server, soon after any commit of another instance, too. As in on_commit().
  [[nodiscard]] virtual std::unique_ptr<Subscription> on_rights_change(
      std::function<void()> changed) = 0;

  /// Tickets of event streams.
  virtual TicketStore& tickets() = 0;

  /// Asks for the lease of this target of events from now on. `acquired` is called each time that
  /// it is acquired later, as in on_commit().
  [[nodiscard]] virtual std::unique_ptr<Lease> ask_for_lease(std::string target,
                                                             std::function<void()> acquired) = 0;

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
