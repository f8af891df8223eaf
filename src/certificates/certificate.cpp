#include "certificates/certificate.h"

#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>

#include "certificates/openssl_result.h"

namespace hss::certificates {
namespace {

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

template <class Write>
std::string written(const Write& write) {
  const Bio memory(BIO_new(BIO_s_mem()), BIO_free);
  require_done(memory && write(memory.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

Bio open_text(std::string_view text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free};
}

/// Nobody is asked for a password.
int no_password(char*, int, int, void*) {
  return -1;
}

}  // namespace

PrivateKey generate_key() {
  PrivateKey key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  require_done(key != nullptr);
  return key;
}

std::string to_pem(const x509_st& certificate) {
  return written([&](BIO* to) { return PEM_write_bio_X509(to, &certificate); });
}

std::string to_pem(const PrivateKey& key) {
  return written([&](BIO* to) {
    return PEM_write_bio_PKCS8PrivateKey(to, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

Certificate find_certificate(std::string_view pem) {
  const Bio text = open_text(pem);
  X509* const found = PEM_read_bio_X509(text.get(), nullptr, no_password, nullptr);
  ERR_clear_error();
  return found == nullptr ? nullptr : Certificate(found, X509_free);
}

PrivateKey find_key(std::string_view pem) {
  const Bio text = open_text(pem);
  EVP_PKEY* const found = PEM_read_bio_PrivateKey(text.get(), nullptr, no_password, nullptr);
  ERR_clear_error();
  return found == nullptr ? nullptr : PrivateKey(found, EVP_PKEY_free);
}

std::string fingerprint_of(const x509_st& certificate) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned int size = 0;
  require_done(X509_digest(&certificate, EVP_sha256(), bytes.data(), &size) == 1);
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text;
  for (unsigned int at = 0; at < size; ++at) {
    if (at > 0) text += ':';
    text += digits[bytes[at] >> 4];
    text += digits[bytes[at] & 15];
  }
  return text;
}

domain::Instant end_of(const x509_st& certificate) {
  using namespace std::chrono;
  std::tm at{};
  require_done(ASN1_TIME_to_tm(X509_get0_notAfter(&certificate), &at) == 1);
  const year_month_day date{year{at.tm_year + 1900}, month(static_cast<unsigned>(at.tm_mon + 1)),
                            day(static_cast<unsigned>(at.tm_mday))};
  const sys_seconds end =
      sys_days{date} + hours{at.tm_hour} + minutes{at.tm_min} + seconds{at.tm_sec};
  // A certificate that is to last for ever says 9999 (RFC 5280, 4.1.2.5), and the clock ends in
  // 2262.
  return std::clamp(end, ceil<seconds>(domain::Instant::min()),
                    floor<seconds>(domain::Instant::max()));
}

std::string name_of(const x509_st& certificate) {
  X509_NAME* const name = X509_get_subject_name(&certificate);
  const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
  if (size < 0) return {};
  const std::unique_ptr<unsigned char, void (*)(unsigned char*)> owned(
      text, [](unsigned char* bytes) { OPENSSL_free(bytes); });
  return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(size)};
}

bool is_local_authority(x509_st& certificate) {
  return X509_check_ca(&certificate) == 1 && X509_self_signed(&certificate, 0) == 1 &&
         X509_get_ext_by_NID(&certificate, NID_name_constraints, -1) >= 0;
}

}  // namespace hss::certificates
