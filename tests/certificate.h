// Certificates made for one test.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <atomic>
#include <cstdio>
#include <string>

#include "support.h"
#include "transport/http/tls.h"

namespace hss::test {

/// A self-signed certificate of localhost and its key, in two files.
class Certificate {
 public:
  explicit Certificate(long valid_seconds = 3600) {
    EVP_PKEY* key = EVP_EC_gen("P-256");
    write(key, valid_seconds);
    EVP_PKEY_free(key);
  }

  std::string file() const { return folder_.file("cert.pem"); }
  std::string key() const { return folder_.file("key.pem"); }
  transport::TlsFiles files() const { return {.certificate = file(), .key = key()}; }
  long serial() const { return serial_; }

 private:
  void write(EVP_PKEY* key, long valid_seconds) {
    static std::atomic<long> last_serial = 0;
    serial_ = ++last_serial;
    X509* certificate = X509_new();
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial_);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -7200);
    X509_gmtime_adj(X509_getm_notAfter(certificate), valid_seconds);
    X509_set_pubkey(certificate, key);
    X509_NAME* name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    X509_sign(certificate, key, EVP_sha256());
    FILE* file = std::fopen(files().certificate.c_str(), "w");
    PEM_write_X509(file, certificate);
    std::fclose(file);
    file = std::fopen(files().key.c_str(), "w");
    PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr);
    std::fclose(file);
    X509_free(certificate);
  }

  TempFolder folder_;
  long serial_ = 0;
};

}  // namespace hss::test
