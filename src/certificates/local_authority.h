#pragma once

#include <string>
#include <vector>

#include "certificates/certificate.h"
#include "certificates/certificate_names.h"
#include "domain/clock.h"

namespace hss::certificates {

/// An authority of one business, which signs its servers' certificates and is trusted on its
/// devices. It is valid for ten years, and only for names of local networks and those that it was
/// made with (name constraints, RFC 5280), so that a stolen key vouches for no other site.
class LocalAuthority {
 public:
  /// A new authority. `names` are allowed besides `.local` and private addresses; the first host is
  /// in its own name.
  static LocalAuthority create(const CertificateNames& names, domain::Instant now);
  /// One that was created before. Throws domain::Error{unavailable} if it is no such authority, or
  /// the key is another's.
  LocalAuthority(Certificate certificate, PrivateKey key);

  /// Signs a certificate for a server with this public key, valid for 397 days, but not longer than
  /// the authority; browsers reject more than 398. It begins a day before `now`, as clocks differ.
  /// Throws domain::Error{conflict} if the authority has expired, or does not allow a name.
  Certificate sign(const CertificateNames& names, const PrivateKey& key, domain::Instant now) const;

  /// Removes the names that the authority does not allow, and returns them.
  std::vector<std::string> remove_not_allowed(CertificateNames& names) const;

  const Certificate& certificate() const { return certificate_; }
  const PrivateKey& key() const { return key_; }

 private:
  bool allows(const std::string& general_name) const;

  Certificate certificate_;
  PrivateKey key_;
};

}  // namespace hss::certificates
