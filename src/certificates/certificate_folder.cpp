#include "certificates/certificate_folder.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "certificates/certificate.h"
#include "certificates/local_authority.h"
#include "domain/error.h"
#include "platform/files.h"

namespace hss::certificates {
namespace {

namespace fs = std::filesystem;
using domain::Error;
using domain::ErrorCode;

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.good() && !file.eof()) throw Error(ErrorCode::unavailable, path + " cannot be read");
  return text;
}

/// Writes a file beside its place that only its owner reads, and moves it there.
void write_private_file(const std::string& path, const std::string& text) {
  const std::string part = path + ".part";
  std::error_code failure;
  fs::remove(part, failure);
  platform::File file;
  failure = file.open(part, platform::File::Mode::create);
  if (!failure) failure = file.write(text);
  if (!failure) failure = file.sync();
  file.close();
  if (!failure) failure = platform::rename_over(part, path);
  if (failure) {
    throw Error(ErrorCode::unavailable,
                path + " cannot be written: " + platform::reason_of(failure));
  }
}

LocalAuthority read_authority(const CertificateFolder& folder) {
  const auto certificate = find_certificate(read_file(folder.authority_file()));
  if (!certificate) {
    throw Error(ErrorCode::unavailable, folder.authority_file() + " is no certificate in PEM");
  }
  const auto key = find_key(read_file(folder.authority_key_file()));
  if (!key) {
    throw Error(ErrorCode::unavailable, folder.authority_key_file() +
                                            " is no key in PEM; without it nothing can be "
                                            "renewed, and a new folder makes a new authority");
  }
  try {
    return LocalAuthority(certificate, key);
  } catch (const Error& error) {
    throw Error(error.code(), folder.authority_file() + ": " + error.what());
  }
}

PrivateKey read_or_create_key(const std::string& path) {
  if (fs::exists(path)) {
    if (auto key = find_key(read_file(path))) return key;
    throw Error(ErrorCode::unavailable, path + " is no key in PEM; remove it to have a new one");
  }
  auto key = generate_key();
  write_private_file(path, to_pem(key));
  return key;
}

}  // namespace

std::string CertificateFolder::file(const char* name) const {
  return (fs::path(path_) / name).string();
}

CertificateFolder::Renewal CertificateFolder::renew(const CertificateNames& machine,
                                                    const CertificateNames& given,
                                                    domain::Instant now) const {
  const bool has_authority = fs::exists(authority_file());
  if (!has_authority && (fs::exists(certificate_file()) || fs::exists(key_file()))) {
    throw Error(ErrorCode::conflict, path_ +
                                         " has a certificate that does not come from an authority "
                                         "in it; choose another folder with --out");
  }
  if (!fs::exists(path_)) {
    fs::path folder(path_);
    if (!folder.has_filename()) folder = folder.parent_path();  // it ends with a slash
    std::error_code failure;
    fs::create_directories(folder.parent_path(), failure);
    if (const auto reason = platform::make_private_folder(folder.string())) {
      throw Error(ErrorCode::unavailable,
                  path_ + " cannot be created: " + platform::reason_of(reason));
    }
  }

  Renewal renewal{.is_new_authority = !has_authority, .names = machine};
  // All private addresses are allowed in any case.
  CertificateNames allowed{.hosts = machine.hosts, .addresses = {}};
  add_names(allowed, given);
  const LocalAuthority authority =
      has_authority ? read_authority(*this) : LocalAuthority::create(allowed, now);
  if (!has_authority) {
    // The key first: an authority that is there has one.
    write_private_file(authority_key_file(), to_pem(authority.key()));
    write_private_file(authority_file(), to_pem(*authority.certificate()));
  }
  renewal.left_out = authority.remove_not_allowed(renewal.names);
  add_names(renewal.names, given);
  const PrivateKey key = read_or_create_key(key_file());
  try {
    const Certificate certificate = authority.sign(renewal.names, key, now);
    write_private_file(certificate_file(), to_pem(*certificate) + to_pem(*authority.certificate()));
    renewal.end = end_of(*certificate);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::conflict) throw;
    throw Error(ErrorCode::conflict,
                authority_file() + ": " + error.what() +
                    "; make a new authority in another folder with --out, which each device then "
                    "has to trust");
  }
  renewal.fingerprint = fingerprint_of(*authority.certificate());
  renewal.authority_end = end_of(*authority.certificate());
  return renewal;
}

}  // namespace hss::certificates
