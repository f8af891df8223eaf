#include "storage/server/failure.h"

#include <algorithm>

namespace hss::storage {
namespace {

std::string on_one_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace

domain::Error translate(const ServerFailure& failure, const std::string& operation,
                        const std::function<void(const std::string&)>& report) {
  using domain::ErrorCode;
  report("database server: " + operation + ": " + on_one_line(failure.what()));
  switch (failure.kind()) {
    using enum ServerFailure::Kind;
    case unreachable:
      return {ErrorCode::unavailable, "The database server cannot be reached; nothing was changed"};
    case sign_in:
      return {ErrorCode::unavailable,
              "The database server does not let HSS in; check DB_USER, DB_PASSWORD and DB_NAME"};
    case certificate:
      return {
          ErrorCode::unavailable,
          "The database server offers no TLS, or its certificate does not prove who it is; check"
          " DB_HOST and DB_CA_FILE"};
    case full:
      return {ErrorCode::unavailable, "The database server's disk is full; nothing was changed"};
    case read_only:
      return {ErrorCode::unavailable,
              "The database server takes no changes now; nothing was changed"};
    case busy:
      return {ErrorCode::unavailable,
              "The database server did not answer in time; nothing was changed"};
    case crowded:
      return {ErrorCode::unavailable,
              "The database server takes no more connections; nothing was changed"};
    case wrong_schema:
      return {ErrorCode::unavailable,
              "The database is not of this version of HSS; run `hss migrate`"};
    case newer_schema:
      return {ErrorCode::unavailable,
              "The database was made by a newer HSS; run that one, or choose another database"};
    case no_rights:
      return {ErrorCode::unavailable,
              "The database server does not allow that to DB_USER; run `hss migrate`, which grants"
              " the rights"};
    case unknown:
      return {ErrorCode::unavailable,
              "The database server went away before it said whether the change is stored; look"
              " before you try again"};
    case other:
      break;
  }
  return {ErrorCode::internal, "The database failed"};
}

}  // namespace hss::storage
