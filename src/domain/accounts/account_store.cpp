#include "domain/accounts/account_store.h"

#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::domain {

Account AccountReader::get(std::string_view id) {
  if (auto account = find(id)) return *std::move(account);
  throw Error(ErrorCode::not_found, "There is no account " + excerpt(id));
}

}  // namespace hss::domain
