#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "domain/accounts/account.h"

namespace hss::domain {

/// Who is signed in, and which kiosks are open.
class SessionReader {
 public:
  virtual ~SessionReader() = default;

  /// The session with its account, whether or not it has expired or the account is enabled.
  virtual std::optional<SignedIn> find(std::string_view id) = 0;
  /// Kiosks, unlocked or not, that have not expired at `now`; the newest first.
  virtual std::vector<SignedIn> list_kiosks(std::string_view now) = 0;
  /// Changes whenever a session ends before its time or an account gets another role, is disabled
  /// or enabled, also from another program. It may change when expired sessions are deleted.
  virtual std::int64_t rights_revision() = 0;
};

class SessionWriter : public SessionReader {
 public:
  /// Forgets a few that expired before `now`, too.
  virtual void insert(const Session& session, std::string_view now) = 0;
  virtual void extend(std::string_view id, std::string_view expires_at) = 0;
  /// With those that it unlocked, where it is a device's.
  virtual void remove(std::string_view id) = 0;
  /// Those that the device unlocked.
  virtual void remove_unlocked_on(std::string_view kiosk_session_id) = 0;
  /// The account's, with those that were unlocked on its devices.
  virtual void remove_all_of(std::string_view account_id) = 0;
  /// All but the `max` newest of the account's that are in browsers of its own.
  virtual void remove_oldest_of(std::string_view account_id, int max) = 0;
};

}  // namespace hss::domain
