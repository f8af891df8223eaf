#include "storage/sql/claim_codes.h"

#include <string>

#include "crypto/digest.h"

namespace hss::storage {
namespace {

/// With the booking's id, so that no list of all codes' hashes serves for every booking.
std::string hash_of_code(std::string_view booking_id, std::string_view code) {
  return crypto::to_hex(crypto::sha256(std::string(booking_id) + " " + std::string(code)));
}

}  // namespace

void SqlClaimCodeStore::put(std::string_view booking_id, const domain::ClaimCode& code) {
  enqueue(connection_,
          "DELETE FROM claim_codes WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)",
          booking_id);
  enqueue(connection_,
          "INSERT INTO claim_codes (booking_seq, code_hash, expires_at)"
          " SELECT seq, ?, ? FROM bookings WHERE id = ?",
          hash_of_code(booking_id, code.code), code.expires_at, booking_id);
}

bool SqlClaimCodeStore::holds(std::string_view booking_id, std::string_view code,
                              std::string_view now) {
  Query row(connection_,
            "SELECT 1 FROM claim_codes WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)"
            " AND code_hash = ? AND expires_at > ?",
            booking_id, hash_of_code(booking_id, code), now);
  return row.step();
}

void SqlClaimCodeStore::give(const domain::Booking& booking) {
  enqueue(connection_,
          "UPDATE bookings SET owner = ?, updated_at = ?, version = version + 1 WHERE id = ?",
          booking.owner, booking.updated_at, booking.id);
  enqueue(connection_,
          "DELETE FROM claim_codes WHERE booking_seq = (SELECT seq FROM bookings WHERE id = ?)",
          booking.id);
}

domain::ClaimFailures SqlClaimCodeStore::failures(std::string_view account_id,
                                                  std::string_view since) {
  Query row(connection_,
            "SELECT count(*), min(failed_at) FROM claim_failures"
            " WHERE account_id = ? AND failed_at > ?",
            account_id, since);
  row.step();
  return {.count = static_cast<int>(row.integer(0)), .first_at = row.optional_time(1).value_or("")};
}

void SqlClaimCodeStore::insert_failure(std::string_view account_id, std::string_view failed_at,
                                       std::string_view since) {
  enqueue(connection_, "DELETE FROM claim_failures WHERE account_id = ? AND failed_at <= ?",
          account_id, since);
  enqueue(connection_, "INSERT INTO claim_failures (account_id, failed_at) VALUES (?, ?)",
          account_id, failed_at);
}

}  // namespace hss::storage
