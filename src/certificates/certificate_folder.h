#pragma once

#include <string>
#include <vector>

#include "certificates/certificate_names.h"
#include "domain/clock.h"

namespace hss::certificates {

/// A folder with an authority and a server's certificate from it, as four PEM files that only their
/// owner reads:
///
///     authority.pem       what devices trust
///     authority-key.pem   needed to renew the certificate
///     cert.pem            the server's certificate, with the authority's behind it
///     key.pem             its key
class CertificateFolder {
 public:
  explicit CertificateFolder(std::string path) : path_(std::move(path)) {}

  struct Renewal {
    bool is_new_authority = false;
    std::string fingerprint;  ///< of the authority
    CertificateNames names;
    std::vector<std::string>
        left_out;         ///< of the machine's names: the authority does not allow them
    domain::Instant end;  ///< of the server's certificate
    domain::Instant authority_end;
  };

  /// Writes a new certificate for the machine's names and those that a person gave. Creates what is
  /// missing of the rest, also the folder; what is there stays as it is. A server that reads the
  /// files meanwhile finds the old certificate or the new one. Throws domain::Error with a sentence
  /// that names the file: conflict if the authority has expired, does not allow a name that was
  /// given, or the folder has the certificate of somebody else; unavailable if a file cannot be
  /// read or written.
  Renewal renew(const CertificateNames& machine, const CertificateNames& given,
                domain::Instant now) const;

  std::string certificate_file() const { return file("cert.pem"); }
  std::string key_file() const { return file("key.pem"); }
  std::string authority_file() const { return file("authority.pem"); }
  std::string authority_key_file() const { return file("authority-key.pem"); }

 private:
  std::string file(const char* name) const;

  const std::string path_;
};

}  // namespace hss::certificates
