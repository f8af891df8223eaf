#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/accounts/account.h"

namespace hss::domain {

/// Sessions, those of kiosks included.
class SessionReader {
 public:
  virtual ~SessionReader() = default;

  /// Finds the session with its account, even if it has expired or the account is disabled.
  virtual std::optional<SignedIn> find(std::string_view id) = 0;
  /// Lists kiosks, locked or not, that have not expired at `now`; the newest first.
  virtual std::vector<SignedIn> list_kiosks(std::string_view now) = 0;
  /// Changes whenever a session ends before its time or an account gets another role, is disabled
  /// or enabled, also from another program. It may change when expired sessions are deleted.
  virtual std::int64_t rights_revision() = 0;
};

class SessionWriter : public SessionReader {
 public:
  /// Also deletes a few that expired before `now`.
  virtual void insert(const Session& session, std::string_view now) = 0;
  virtual void extend(std::string_view id, std::string_view expires_at) = 0;
  /// Also removes the sessions that were unlocked on it, if it is a kiosk's.
  virtual void remove(std::string_view id) = 0;
  /// Removes the sessions that were unlocked on this kiosk.
  virtual void remove_unlocked_on(std::string_view kiosk_session_id) = 0;
  /// Removes the account's sessions, and those that were unlocked on its kiosks.
  virtual void remove_all_of(std::string_view account_id) = 0;
  /// Removes all but the `max` newest of the account's sessions in browsers; kiosks stay.
  virtual void remove_oldest_of(std::string_view account_id, int max) = 0;
};

}  // namespace hss::domain
