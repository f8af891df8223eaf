#pragma once

#include <functional>
#include <memory>
#include <string>

#include "domain/store.h"
#include "metrics/text.h"

namespace hss::storage {

/// Receives the database's own message, for the log. Called from any thread.
using Report = std::function<void(const std::string&)>;

/// A store on a database, whatever the engine.
class Store : public domain::Store {
 public:
  /// Writes the metrics of the writer, and of the database.
  virtual void describe(metrics::Text& text) = 0;

  /// Called where somebody else finds damage in the data; `where` is for the log. Thread-safe.
  virtual void note_damage(const std::string&) {}
};

}  // namespace hss::storage
