#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "storage/audit_hash.h"
#include "storage/open_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// One end of a copy: data of HSS on a server or in a file, which nobody else can change while the
/// object lives. Used by one thread.
class CopyEnd {
 public:
  virtual ~CopyEnd() = default;

  /// For people.
  virtual const std::string& text() const = 0;
  /// In a transaction, which commit() ends and the destructor undoes.
  virtual Connection& connection() = 0;
  /// Returns once the changes are on disk.
  virtual void commit() = 0;

  /// Throws Error{unavailable} if the data are damaged, as far as their engine can tell at once.
  virtual void require_sound(const std::stop_token& stop) = 0;

  /// Runs `work`, and throws its engine's failures as domain::Error that says at which end it was.
  virtual void with_error_translation(const std::function<void()>& work) = 0;
};

class CopyTarget : public CopyEnd {
 public:
  /// Calls `see` with what would be replaced, if there is anything. May be called at any time.
  virtual void see_present(const std::function<void(Connection&)>& see) = 0;

  /// Makes every table empty and ready to be filled, at connection().
  virtual void begin() = 0;

  /// Writes what else the engine keeps: `last` is the newest event, `last_booking` the last number.
  virtual void finish(const ChainLink& last, std::int64_t last_booking) = 0;
};

/// Opens data to copy, or to copy to, and waits for whoever is writing them. They must be of this
/// version of HSS; a file to copy to may be missing. Throws domain::Error.
std::unique_ptr<CopyEnd> open_copy_source(const Place& place, const Report& report);
std::unique_ptr<CopyTarget> open_copy_target(const Place& place, const Report& report);

}  // namespace hss::storage
