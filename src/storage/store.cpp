#include "storage/store.h"

#include <utility>

#include "domain/error.h"
#include "storage/writer.h"

namespace hss::storage {

domain::AuditReport Store::verify_audit(std::string_view now) {
  auto report = audits_.run([&] {
    auto fresh = read([](domain::Reader& reader) { return reader.audit().verify(); });
    fresh.checked_at = now;
    return fresh;
  });
  if (report) return *std::move(report);
  throw domain::Error(domain::ErrorCode::unavailable,
                      "The audit trail is being verified already; ask again in a moment");
}

class Store::Unit final : public domain::UnitOfWork {
 public:
  Unit(Store& store, Writer& writer, std::function<void(domain::Tx&)> work)
      : store_(store), unit_(writer, std::move(work)) {}
  void start(std::function<void()> done) override { unit_.start(std::move(done)); }
  void wait() override {
    store_.with_error_translation("write", [this] { unit_.wait(); });
  }

 private:
  Store& store_;
  Writer::Unit unit_;
};

std::unique_ptr<domain::UnitOfWork> Store::make_unit(Writer& writer,
                                                     std::function<void(domain::Tx&)> work) {
  return std::make_unique<Unit>(*this, writer, std::move(work));
}

}  // namespace hss::storage
