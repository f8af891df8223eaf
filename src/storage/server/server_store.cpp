#include "storage/server/server_store.h"

#include <utility>

#include "storage/damage.h"
#include "storage/random_number.h"
#include "storage/server/failure.h"
#include "storage/sql/moved.h"
#include "storage/writer.h"

namespace hss::storage {
namespace {

using Purpose = ServerConnection::Purpose;

/// More readers at once take as much from each other on the server as they add.
constexpr std::size_t max_readers = 8;

}  // namespace

ServerStore::ServerStore(ConnectFor connect, std::int64_t schema_version, Report report)
    : report_(std::move(report)),
      tickets_connection_([connect] { return connect(Purpose::write); }),
      leases_connection_([connect] { return connect(Purpose::write); }),
      tickets_(run_on(tickets_connection_, "use tickets")),
      leases_(run_on(leases_connection_, "lease targets of events")) {
  with_error_translation("open", [&] {
    const auto connect_to = [connect](Purpose purpose) {
      return [connect, purpose] { return connect(purpose); };
    };
    readers_ = std::make_unique<ServerReadPool>(connect_to(Purpose::read), max_readers);
    revision_ = std::make_unique<ServerRevision>(connect_to(Purpose::read));
    indexer_ = std::make_unique<Indexer>(connect_to(Purpose::write), report_);
    writer_ = std::make_unique<Writer>(std::make_unique<ServerTransactions>(
        connect_to(Purpose::write), random_id(), schema_version, own_revisions_,
        [this](std::int64_t seq) { indexer_->note_booking(seq); }));
  });
  poller_ = std::make_unique<RevisionPoller>(
      [this] { return revision_->read(); },
      [this](std::uint64_t revision) { return own_revisions_.contains(revision); },
      [this] {
        writer_->notify_subscribers(Writer::Event::loss_of_rights);
        writer_->notify_subscribers(Writer::Event::change);
      });
}

ServerStore::~ServerStore() = default;

/// Hears of this instance's commits from the writer, and of others' from the poller.
class ServerStore::Subscribed final : public domain::Subscription {
 public:
  Subscribed(ServerStore& store, Writer::Event event, std::function<void()> changed)
      : listener_(*store.poller_), own_(store.writer_->on_commit(event, std::move(changed))) {}

 private:
  const RevisionPoller::Listener listener_;
  const std::unique_ptr<domain::Subscription> own_;
};

void ServerStore::describe(metrics::Text& text) {
  writer_->describe(text);
}

void ServerStore::check() {
  read([](domain::Reader& reader) { reader.reports().overview(); });
  with_error_translation("write", [&] { writer_->check(); });
}

std::uint64_t ServerStore::revision() {
  std::uint64_t revision = 0;
  with_error_translation("read", [&] { revision = revision_->read(); });
  return revision;
}

std::unique_ptr<domain::Subscription> ServerStore::on_commit(std::function<void()> changed) {
  return std::make_unique<Subscribed>(*this, Writer::Event::change, std::move(changed));
}

std::unique_ptr<domain::Subscription> ServerStore::on_rights_change(std::function<void()> changed) {
  return std::make_unique<Subscribed>(*this, Writer::Event::loss_of_rights, std::move(changed));
}

std::unique_ptr<domain::Lease> ServerStore::ask_for_lease(std::string target,
                                                          std::function<void()> acquired) {
  return leases_.ask_for(std::move(target), std::move(acquired));
}

RunOnServer ServerStore::run_on(KeptConnection& connection, const char* operation) {
  return [this, &connection, operation](const std::function<void(ServerConnection&)>& work) {
    with_error_translation(operation, [&] { connection.run(work); });
  };
}

void ServerStore::do_read(const std::function<void(domain::Reader&)>& work) {
  with_error_translation("read", [&] { readers_->run(work); });
}

std::unique_ptr<domain::UnitOfWork> ServerStore::prepare(std::function<void(domain::Tx&)> work) {
  return make_unit(*writer_, std::move(work));
}

void ServerStore::with_error_translation(const char* operation, const std::function<void()>& run) {
  using domain::Error;
  using domain::ErrorCode;
  try {
    run();
  } catch (const ServerFailure& failure) {
    throw translate(failure, operation, report_);
  } catch (const TransactionLost& failure) {
    throw translate(ServerFailure(ServerFailure::Kind::unreachable, failure.what()), operation,
                    report_);
  } catch (const DamagedValue& value) {
    report_(std::string("database server: ") + operation + ": " + value.what());
    throw Error(ErrorCode::unavailable,
                "The database has a value that HSS did not write; nothing was changed");
  } catch (const DataMoved& moved) {
    report_(std::string("database server: ") + operation + ": the data were moved to " +
            moved.what());
    throw moved_away();
  } catch (const ConstraintViolation& failure) {
    report_(std::string("database server: ") + operation + ": " + failure.what());
    throw Error(ErrorCode::conflict, "The database's own rules refused the change");
  }
}

}  // namespace hss::storage
