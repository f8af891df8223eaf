#pragma once

#include "domain/bookings/claim_code_store.h"
#include "storage/sql/connection.h"

namespace hss::storage {

class SqlClaimCodeStore final : public domain::ClaimCodeStore {
 public:
  explicit SqlClaimCodeStore(Connection& connection) : connection_(connection) {}

  void put(std::string_view booking_id, const domain::ClaimCode& code) override;
  bool holds(std::string_view booking_id, std::string_view code, std::string_view now) override;
  void give(const domain::Booking& booking) override;
  domain::ClaimFailures failures(std::string_view account_id, std::string_view since) override;
  void insert_failure(std::string_view account_id, std::string_view failed_at,
                      std::string_view since) override;

 private:
  Connection& connection_;
};

}  // namespace hss::storage
