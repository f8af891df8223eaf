#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "certificates/certificate.h"
#include "transport/http/channel.h"

struct ssl_ctx_st;

namespace hss::transport {

/// A server's certificate as PEM files, the certificate's with the chain behind it.
struct TlsFiles {
  std::string certificate;
  std::string key;
};

/// A server's side of TLS, 1.2 and newer, for HTTP/1.1. Thread-safe.
class Tls {
 public:
  /// Throws Error{unavailable} with a sentence that names the file and what is wrong with it.
  explicit Tls(TlsFiles files);

  /// Reads the files again; open connections keep their certificate. Throws as the constructor, and
  /// then keeps the old files' content.
  void reload();

  struct Certificates {
    certificates::Certificate server;
    certificates::Certificate authority;  ///< null if it is none of a local network
  };
  /// The certificate in use, and the last one behind it in its file if that is an authority of a
  /// local network (certificates::is_local_authority).
  Certificates certificates() const;

  /// Opens TLS on a socket that was just accepted. The handshake happens as bytes come.
  std::unique_ptr<Channel> open_channel(platform::SocketHandle socket) const;

 private:
  std::shared_ptr<ssl_ctx_st> context() const;

  const TlsFiles files_;
  mutable std::mutex mutex_;
  std::shared_ptr<ssl_ctx_st> context_;
};

}  // namespace hss::transport
