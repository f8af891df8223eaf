#include "storage/server/sign_in.h"

#include "domain/error.h"
#include "storage/server/failure.h"

namespace hss::storage {
namespace {

/// Whoever keeps the passwords is away: the database cannot be signed in to either.
template <class Ask>
auto ask_source(const Ask& ask) {
  try {
    return ask();
  } catch (const domain::Error& error) {
    throw ServerFailure(ServerFailure::Kind::sign_in, error.what());
  }
}

}  // namespace

void sign_in(const ServerAddress& address,
             const std::function<void(const std::string& password)>& connect) {
  if (!address.password_source) return connect(address.password);
  PasswordSource& source = *address.password_source;
  const std::string password = ask_source([&] { return source.get(); });
  try {
    return connect(password);
  } catch (const ServerFailure& failure) {
    if (failure.kind() != ServerFailure::Kind::sign_in) throw;
    if (!ask_source([&] { return source.renew(password); })) throw;
  }
  connect(ask_source([&] { return source.get(); }));
}

}  // namespace hss::storage
