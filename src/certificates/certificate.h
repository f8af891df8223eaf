#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "domain/clock.h"

struct evp_pkey_st;
struct x509_st;

namespace hss::certificates {

using Certificate = std::shared_ptr<x509_st>;
using PrivateKey = std::shared_ptr<evp_pkey_st>;

/// A new key on the curve P-256.
PrivateKey generate_key();

std::string to_pem(const x509_st& certificate);
std::string to_pem(const PrivateKey& key);

/// Null if the text is no such PEM. A key with a password counts as none.
Certificate find_certificate(std::string_view pem);
PrivateKey find_key(std::string_view pem);

/// The SHA-256 of a certificate as systems show it: 32 pairs of capital hexadecimal digits with
/// colons between them.
std::string fingerprint_of(const x509_st& certificate);

/// The moment at which it expires, or the clock's last one if that is earlier.
domain::Instant end_of(const x509_st& certificate);

/// The common name of its subject; empty if it has none.
std::string name_of(const x509_st& certificate);

/// True for an authority that signs for a local network alone, as LocalAuthority does: it signed
/// itself, and is limited to some names. Those that systems trust by themselves are not.
bool is_local_authority(x509_st& certificate);

}  // namespace hss::certificates
