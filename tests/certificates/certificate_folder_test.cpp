// Certificates that `hss certificate` makes, read back with OpenSSL.
#include "certificates/certificate_folder.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <memory>

#include "certificates/certificate.h"
#include "certificates/local_authority.h"
#include "domain/error.h"
#include "support.h"

using namespace hss;
using namespace hss::certificates;
using namespace hss::test;
using std::chrono::days;

namespace {

const CertificateNames machine{.hosts = {"desk.local", "desk", "localhost"},
                               .addresses = {"192.168.1.20", "fd00::20", "127.0.0.1", "::1"}};

/// The folder of a test's certificate, as its clock has it.
struct Folder {
  TempFolder scratch;
  TestClock clock;
  CertificateFolder files{scratch.file("certificate")};

  CertificateFolder::Renewal renew(const CertificateNames& given = {},
                                   const CertificateNames& of_machine = machine) const {
    return files.renew(of_machine, given, clock.now());
  }
  Certificate server() const { return find_certificate(read_file(files.certificate_file())); }
  Certificate authority() const { return find_certificate(read_file(files.authority_file())); }
};

/// What OpenSSL says of the server's certificate for a client that trusts the authority, at that
/// time.
int verify(const Certificate& server, const Certificate& authority, domain::Instant at) {
  const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store(X509_STORE_new(),
                                                                      X509_STORE_free);
  X509_STORE_add_cert(store.get(), authority.get());
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(
      X509_STORE_CTX_new(), X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), store.get(), server.get(), nullptr);
  X509_VERIFY_PARAM* const parameters = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_X509_STRICT);
  X509_VERIFY_PARAM_set_time(parameters, std::chrono::system_clock::to_time_t(at));
  X509_verify_cert(context.get());
  return X509_STORE_CTX_get_error(context.get());
}

bool is_for(const Certificate& certificate, const std::string& host) {
  return X509_check_host(certificate.get(), host.c_str(), host.size(),
                         X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

bool is_for_address(const Certificate& certificate, const std::string& address) {
  return X509_check_ip_asc(certificate.get(), address.c_str(), 0) == 1;
}

domain::Instant begin_of(const Certificate& certificate) {
  int passed_days = 0, seconds = 0;
  ASN1_TIME_diff(&passed_days, &seconds, X509_get0_notBefore(certificate.get()),
                 X509_get0_notAfter(certificate.get()));
  return end_of(*certificate) - days(passed_days) - std::chrono::seconds(seconds);
}

std::filesystem::perms mode_of(const std::string& path) {
  return std::filesystem::status(path).permissions();
}

std::string failure_of(const auto& act) {
  try {
    act();
    return "";
  } catch (const domain::Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a client that trusts the authority accepts the certificate for the machine's names") {
  const Folder folder;
  const auto renewal = folder.renew();
  CHECK(renewal.is_new_authority);
  CHECK(renewal.left_out.empty());
  CHECK(verify(folder.server(), folder.authority(), folder.clock.now()) == X509_V_OK);
  for (const std::string& host : machine.hosts) CHECK(is_for(folder.server(), host));
  for (const std::string& address : machine.addresses) {
    CHECK(is_for_address(folder.server(), address));
  }
  CHECK_FALSE(is_for(folder.server(), "other.local"));
  CHECK_FALSE(is_for_address(folder.server(), "192.168.1.21"));
  const auto key = find_key(read_file(folder.files.key_file()));
  CHECK(X509_check_private_key(folder.server().get(), key.get()) == 1);
  CHECK(EVP_PKEY_get_base_id(key.get()) == EVP_PKEY_EC);
  CHECK(EVP_PKEY_get_bits(key.get()) == 256);
}

TEST_CASE("the certificate is for servers alone, and the authority signs no other authority") {
  const Folder folder;
  folder.renew();
  CHECK(X509_check_purpose(folder.server().get(), X509_PURPOSE_SSL_SERVER, 0) == 1);
  CHECK(X509_check_purpose(folder.server().get(), X509_PURPOSE_SSL_CLIENT, 0) == 0);
  CHECK(X509_check_purpose(folder.server().get(), X509_PURPOSE_SMIME_SIGN, 0) == 0);
  CHECK(X509_check_ca(folder.server().get()) == 0);
  CHECK(X509_get_key_usage(folder.server().get()) == KU_DIGITAL_SIGNATURE);
  CHECK(X509_get_key_usage(folder.authority().get()) == (KU_KEY_CERT_SIGN | KU_CRL_SIGN));
  CHECK(X509_get_pathlen(folder.authority().get()) == 0);
  CHECK(is_local_authority(*folder.authority()));
  CHECK_FALSE(is_local_authority(*folder.server()));
}

TEST_CASE("the certificate lasts no longer than browsers accept, the authority ten years") {
  const Folder folder;
  const auto renewal = folder.renew();
  const auto now = folder.clock.now();
  CHECK(end_of(*folder.server()) - begin_of(folder.server()) <= days(398));
  CHECK(begin_of(folder.server()) == now - days(1));
  CHECK(renewal.end == now + days(396));
  CHECK(end_of(*folder.server()) == renewal.end);
  CHECK(renewal.authority_end == now + days(3650));
  CHECK(verify(folder.server(), folder.authority(), now + days(395)) == X509_V_OK);
  CHECK(verify(folder.server(), folder.authority(), now + days(397)) ==
        X509_V_ERR_CERT_HAS_EXPIRED);
}

TEST_CASE("a renewal keeps the authority and the key, and replaces the certificate") {
  Folder folder;
  const auto first = folder.renew();
  const Certificate old = folder.server();
  const std::string authority = read_file(folder.files.authority_file());
  const std::string key = read_file(folder.files.key_file());
  folder.clock.advance(days(300));
  CertificateNames moved = machine;
  moved.addresses.front() = "10.1.2.3";
  const auto second = folder.renew({}, moved);
  CHECK_FALSE(second.is_new_authority);
  CHECK(second.fingerprint == first.fingerprint);
  CHECK(read_file(folder.files.authority_file()) == authority);
  CHECK(read_file(folder.files.key_file()) == key);
  CHECK(X509_cmp(old.get(), folder.server().get()) != 0);
  CHECK(ASN1_INTEGER_cmp(X509_get0_serialNumber(old.get()),
                         X509_get0_serialNumber(folder.server().get())) != 0);
  CHECK(is_for_address(folder.server(), "10.1.2.3"));
  CHECK(verify(folder.server(), folder.authority(), folder.clock.now() + days(395)) == X509_V_OK);
}

TEST_CASE("only the owner reads the files, and the certificate's has the authority's behind it") {
  const Folder folder;
  folder.renew();
  using std::filesystem::perms;
  for (const std::string& file : {folder.files.key_file(), folder.files.authority_key_file(),
                                  folder.files.certificate_file(), folder.files.authority_file()}) {
    INFO(file);
    CHECK(mode_of(file) == (perms::owner_read | perms::owner_write));
    CHECK_FALSE(std::filesystem::exists(file + ".part"));
  }
  CHECK(mode_of(folder.scratch.file("certificate")) == perms::owner_all);
  CHECK(read_file(folder.files.certificate_file())
            .ends_with(read_file(folder.files.authority_file())));
}

TEST_CASE("a stolen authority vouches for no name on the Internet") {
  const Folder folder;
  folder.renew();
  const LocalAuthority authority(folder.authority(),
                                 find_key(read_file(folder.files.authority_key_file())));
  CertificateNames names{
      .hosts = {"printer.local", "desk.lan", "bank.example", "deskx", "local.example"},
      .addresses = {"10.9.8.7", "172.31.0.1", "172.32.0.1", "100.64.0.1", "8.8.8.8", "fd12::1",
                    "2001:db8::1", "169.254.1.1"}};
  const auto removed = authority.remove_not_allowed(names);
  CHECK(names.hosts == std::vector<std::string>{"printer.local"});
  CHECK(names.addresses ==
        std::vector<std::string>{"10.9.8.7", "172.31.0.1", "100.64.0.1", "fd12::1", "169.254.1.1"});
  CHECK(removed.size() == 7);
  CHECK(failure_of([&] {
          authority.sign({.hosts = {"bank.example"}}, generate_key(), folder.clock.now());
        }).find("does not allow bank.example") != std::string::npos);
}

TEST_CASE("names that a person gives are in the certificate, and in what the authority allows") {
  const Folder folder;
  const auto given = parse_names({"Kiosk.Example", "[2001:db8::7]", "203.0.113.9"});
  folder.renew(given);
  folder.renew(given);
  CHECK(is_for(folder.server(), "kiosk.example"));
  CHECK(is_for_address(folder.server(), "203.0.113.9"));
  CHECK(is_for_address(folder.server(), "2001:db8::7"));
  CHECK(verify(folder.server(), folder.authority(), folder.clock.now()) == X509_V_OK);
  // The authority was made without it.
  const std::string before = read_file(folder.files.certificate_file());
  const std::string failure = failure_of([&] { folder.renew(parse_names({"shop.example"})); });
  CHECK(failure.find("does not allow shop.example") != std::string::npos);
  CHECK(failure.find("--out") != std::string::npos);
  CHECK(read_file(folder.files.certificate_file()) == before);
}

TEST_CASE("a machine that was renamed goes on under .local, where no device has to trust anew") {
  const Folder folder;
  folder.renew();
  const auto renewal =
      folder.renew({}, names_of_machine("till", std::vector<std::string>{"192.168.1.20"}));
  CHECK(renewal.left_out == std::vector<std::string>{"till"});
  CHECK(is_for(folder.server(), "till.local"));
  CHECK(verify(folder.server(), folder.authority(), folder.clock.now()) == X509_V_OK);
}

TEST_CASE("near the authority's end a certificate ends with it, and after that there is none") {
  Folder folder;
  const auto first = folder.renew();
  folder.clock.advance(days(3600));
  CHECK(folder.renew().end == first.authority_end);
  folder.clock.advance(days(51));
  const std::string failure = failure_of([&] { folder.renew(); });
  CHECK(failure.find("The authority has expired") != std::string::npos);
  CHECK(failure.find("--out") != std::string::npos);
}

TEST_CASE("somebody else's certificate is not replaced") {
  const TempFolder folder;
  write_file(folder.file("cert.pem"), "of another authority");
  const CertificateFolder files(folder.file(""));
  CHECK(failure_of([&] { files.renew(machine, {}, TestClock::start); }).find("--out") !=
        std::string::npos);
  CHECK(read_file(folder.file("cert.pem")) == "of another authority");
  CHECK_FALSE(std::filesystem::exists(folder.file("authority.pem")));
}

TEST_CASE("a file that is broken or another's is named, and nothing is renewed") {
  const Folder folder;
  folder.renew();
  const std::vector<std::pair<std::string, std::string>> rows{
      {folder.files.authority_file(), "garbage"},
      {folder.files.authority_file(), read_file(folder.files.certificate_file())},
      {folder.files.authority_key_file(), ""},
      {folder.files.authority_key_file(), read_file(folder.files.key_file())},
      {folder.files.key_file(), "garbage"}};
  const auto& [file, content] = rows[GENERATE(0u, 1u, 2u, 3u, 4u)];
  const std::string before = read_file(folder.files.certificate_file());
  write_file(file, content);
  const std::string failure = failure_of([&] { folder.renew(); });
  INFO(failure);
  CHECK(failure.find(folder.scratch.file("certificate") + "/") == 0);
  CHECK(read_file(folder.files.certificate_file()) == before);
}

TEST_CASE("what is no name of a machine is not taken for one") {
  const std::string text =
      GENERATE("https://desk.local", "desk.local:8081", "", "a b", "desk,local", "-desk", "1.2.3",
               "192.168.1.256", "[fd00::1", "a..b", "x/24");
  INFO(text);
  CHECK(failure_of([&] { parse_names({text}); }).find("neither a host name nor an IP address") !=
        std::string::npos);
}

TEST_CASE("a fingerprint is written as telephones show it") {
  const Folder folder;
  const auto renewal = folder.renew();
  CHECK(renewal.fingerprint.size() == 32 * 3 - 1);
  CHECK(renewal.fingerprint.find_first_not_of("0123456789ABCDEF:") == std::string::npos);
  CHECK(std::count(renewal.fingerprint.begin(), renewal.fingerprint.end(), ':') == 31);
}
