#pragma once

#include "domain/accounts/account.h"
#include "storage/damage.h"
#include "storage/sql/connection.h"

namespace hss::storage {

/// The columns of an account `a`, from a row's first column on, as account_of() reads them.
#define ACCOUNT_COLUMNS \
  "a.id, a.email, a.name, a.role, a.password_hash, a.pin_hash, a.enabled, a.created_at"

inline domain::Account account_of(const Query& row) {
  return {.id = row.text(0),
          .email = row.text(1),
          .name = row.text(2),
          .role = require_known(domain::find_role(row.text(3)), "a role"),
          .password_hash = row.text(4),
          .pin_hash = row.text(5),
          .enabled = row.integer(6) != 0,
          .created_at = row.text(7)};
}

}  // namespace hss::storage
