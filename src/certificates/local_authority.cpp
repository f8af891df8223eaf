#include "certificates/local_authority.h"

#include <openssl/bn.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>

#include "certificates/openssl_result.h"
#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::certificates {
namespace {

using domain::Error;
using domain::ErrorCode;
using std::chrono::days;

constexpr days before_now{1};
constexpr days server_lifetime{397};
constexpr days authority_lifetime{3650};

/// Private networks, loopback and what is there without a router.
constexpr std::array<std::string_view, 9> local_networks{
    "10.0.0.0/255.0.0.0",
    "172.16.0.0/255.240.0.0",
    "192.168.0.0/255.255.0.0",
    "100.64.0.0/255.192.0.0",
    "169.254.0.0/255.255.0.0",
    "127.0.0.0/255.0.0.0",
    "fc00::/fe00::",
    "fe80::/ffc0::",
    "::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"};

void set_serial_number(X509& certificate) {
  std::array<std::uint8_t, 16> bytes{};
  crypto::fill_random(bytes);
  bytes[0] = static_cast<std::uint8_t>((bytes[0] & 0x7f) | 0x40);  // positive, and never short
  const std::unique_ptr<BIGNUM, decltype(&BN_free)> number(
      BN_bin2bn(bytes.data(), static_cast<int>(bytes.size()), nullptr), BN_free);
  require_done(number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(&certificate)));
}

void set_name(X509_NAME* name, const std::string& common_name) {
  const auto add = [name](const char* field, const std::string& text) {
    require_done(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                            reinterpret_cast<const unsigned char*>(text.data()),
                                            static_cast<int>(text.size()), -1, 0) == 1);
  };
  add("O", "Hatfield Storage Solutions");
  add("CN", common_name);
}

void set_times(X509& certificate, domain::Instant from, domain::Instant to) {
  const auto set = [](ASN1_TIME* time, domain::Instant at) {
    require_done(ASN1_TIME_set(time, std::chrono::system_clock::to_time_t(at)) != nullptr);
  };
  set(X509_getm_notBefore(&certificate), from);
  set(X509_getm_notAfter(&certificate), to);
}

void add_extension(X509& certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, &certificate, nullptr, nullptr, 0);
  const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
      X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str()), X509_EXTENSION_free);
  require_done(extension && X509_add_ext(&certificate, extension.get(), -1) == 1);
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return text;
}

std::vector<std::string> general_names(const CertificateNames& names) {
  std::vector<std::string> texts;
  for (const std::string& host : names.hosts) texts.push_back("DNS:" + host);
  for (const std::string& address : names.addresses) texts.push_back("IP:" + address);
  return texts;
}

/// What an authority made with these names allows.
std::string constraints_of(const CertificateNames& names) {
  std::vector<std::string> parts{"critical", "permitted;DNS:local", "permitted;DNS:localhost"};
  for (const std::string& host : names.hosts) {
    if (host != "localhost" && !host.ends_with(".local")) parts.push_back("permitted;DNS:" + host);
  }
  for (const std::string_view network : local_networks) {
    parts.push_back("permitted;IP:" + std::string(network));
  }
  for (const std::string& address : names.addresses) {
    const bool is_v6 = address.find(':') != address.npos;
    const char* const one = is_v6 ? "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" : "/255.255.255.255";
    parts.push_back("permitted;IP:" + address + one);
  }
  return joined(parts);
}

Certificate new_certificate(const PrivateKey& key) {
  Certificate certificate(X509_new(), X509_free);
  require_done(certificate && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
               X509_set_pubkey(certificate.get(), key.get()) == 1);
  set_serial_number(*certificate);
  return certificate;
}

}  // namespace

LocalAuthority LocalAuthority::create(const CertificateNames& names, domain::Instant now) {
  const PrivateKey key = generate_key();
  const Certificate certificate = new_certificate(key);
  X509& raw = *certificate;
  // Two authorities of one machine must not have one name: a device would take the wrong one.
  const std::string host = names.hosts.empty() ? "this machine" : names.hosts.front();
  set_name(X509_get_subject_name(&raw), "HSS on " + host + " (" + crypto::random_hex(3) + ")");
  require_done(X509_set_issuer_name(&raw, X509_get_subject_name(&raw)) == 1);
  set_times(raw, now - before_now, now + authority_lifetime);
  add_extension(raw, &raw, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(raw, &raw, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(raw, &raw, NID_ext_key_usage, "serverAuth");
  add_extension(raw, &raw, NID_subject_key_identifier, "hash");
  add_extension(raw, &raw, NID_name_constraints, constraints_of(names));
  require_done(X509_sign(&raw, key.get(), EVP_sha256()) > 0);
  return LocalAuthority(certificate, key);
}

LocalAuthority::LocalAuthority(Certificate certificate, PrivateKey key)
    : certificate_(std::move(certificate)), key_(std::move(key)) {
  if (!is_local_authority(*certificate_)) {
    throw Error(ErrorCode::unavailable, "It is not an authority that HSS made");
  }
  if (X509_check_private_key(certificate_.get(), key_.get()) != 1) {
    throw Error(ErrorCode::unavailable, "The authority's key is not its own");
  }
}

Certificate LocalAuthority::sign(const CertificateNames& names, const PrivateKey& key,
                                 domain::Instant now) const {
  const domain::Instant authority_end = end_of(*certificate_);
  if (authority_end <= now) {
    throw Error(ErrorCode::conflict, "The authority has expired");
  }
  CertificateNames allowed = names;
  const auto others = remove_not_allowed(allowed);
  if (!others.empty()) {
    throw Error(ErrorCode::conflict,
                "The authority was made for other names, and does not allow " + joined(others));
  }
  const Certificate certificate = new_certificate(key);
  X509& raw = *certificate;
  X509* const issuer = certificate_.get();
  set_name(X509_get_subject_name(&raw), names.hosts.empty() ? "HSS" : names.hosts.front());
  require_done(X509_set_issuer_name(&raw, X509_get_subject_name(issuer)) == 1);
  const domain::Instant from = now - before_now;
  set_times(raw, from, std::min(from + server_lifetime, authority_end));
  add_extension(raw, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(raw, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(raw, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(raw, issuer, NID_subject_key_identifier, "hash");
  add_extension(raw, issuer, NID_authority_key_identifier, "keyid:always");
  add_extension(raw, issuer, NID_subject_alt_name, joined(general_names(names)));
  require_done(X509_sign(&raw, key_.get(), EVP_sha256()) > 0);
  return certificate;
}

std::vector<std::string> LocalAuthority::remove_not_allowed(CertificateNames& names) const {
  std::vector<std::string> removed;
  const auto keep_allowed = [&](std::vector<std::string>& list, const std::string& kind) {
    std::erase_if(list, [&](const std::string& one) {
      if (allows(kind + one)) return false;
      removed.push_back(one);
      return true;
    });
  };
  keep_allowed(names.hosts, "DNS:");
  keep_allowed(names.addresses, "IP:");
  return removed;
}

bool LocalAuthority::allows(const std::string& general_name) const {
  const std::unique_ptr<NAME_CONSTRAINTS, decltype(&NAME_CONSTRAINTS_free)> constraints(
      static_cast<NAME_CONSTRAINTS*>(
          X509_get_ext_d2i(certificate_.get(), NID_name_constraints, nullptr, nullptr)),
      NAME_CONSTRAINTS_free);
  const Certificate named(X509_new(), X509_free);
  require_done(constraints && named);
  add_extension(*named, nullptr, NID_subject_alt_name, general_name);
  X509_check_purpose(named.get(), -1, 0);  // has the certificate read its extensions
  return NAME_CONSTRAINTS_check(named.get(), constraints.get()) == X509_V_OK;
}

}  // namespace hss::certificates
