#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "domain/store.h"
#include "metrics/text.h"
#include "storage/single_flight.h"

namespace hss::storage {

class Writer;

/// Receives the database's own message, for the log. Called from any thread.
using Report = std::function<void(const std::string&)>;

/// A store on a database, whatever the engine.
class Store : public domain::Store {
 public:
  /// Writes the metrics of the writer, and of the database.
  virtual void describe(metrics::Text& text) = 0;

  /// Called where somebody else finds damage in the data; `where` is for the log. Thread-safe.
  virtual void note_damage(const std::string&) {}

  domain::AuditReport verify_audit(std::string_view now) final;

 protected:
  /// Runs `run`, and throws failures of the engine as domain::Error. `operation` is for the log.
  virtual void with_error_translation(const char* operation, const std::function<void()>& run) = 0;

  /// A unit of work of the store's writer, whose failures are translated.
  std::unique_ptr<domain::UnitOfWork> make_unit(Writer& writer,
                                                std::function<void(domain::Tx&)> work);

 private:
  class Unit;

  SingleFlight<domain::AuditReport> audits_;
};

}  // namespace hss::storage
