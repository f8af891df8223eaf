#pragma once

#include <memory>
#include <string>

#include "storage/copy/end.h"
#include "storage/server/connection.h"

namespace hss::storage {

/// The data on a database server, under the lock of the row in `head`. To be filled, it signs in as
/// the tables' owner: the program's user may neither replace what must stay nor set prices.
class ServerEnd final : public CopyTarget {
 public:
  ServerEnd(const ServerAddress& server, Report report);

  const std::string& text() const override { return text_; }
  Connection& connection() override { return *tables_.connection; }
  void commit() override;
  void require_sound(const std::stop_token&) override {}
  void with_error_translation(const std::function<void()>& work) override;

  void see_present(const std::function<void(Connection&)>& see) override;
  void begin() override;
  void finish(const ChainLink& last, std::int64_t last_booking) override;

 private:
  const std::string text_, user_;
  const Report report_;
  ServerTables tables_;
  bool has_begun_ = false;
};

}  // namespace hss::storage
