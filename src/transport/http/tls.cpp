#include "transport/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <climits>
#include <cstring>
#include <string_view>
#include <utility>

#include "domain/error.h"

namespace hss::transport {
namespace {

using domain::Error;
using domain::ErrorCode;
using Context = std::shared_ptr<SSL_CTX>;

Error unusable(const std::string& what, const std::string& advice) {
  ERR_clear_error();
  return {ErrorCode::unavailable, what + "; " + advice};
}

/// Chooses HTTP/1.1, the one protocol here. A client that offers only others is not rejected, as
/// some that speak it offer none.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  static constexpr unsigned char http11[] = "\x08http/1.1";
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, size, http11, sizeof http11 - 1, offered, offered_size) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

Context open_context(const TlsFiles& files) {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context) throw unusable("TLS cannot be started", "is there memory left?");
  SSL_CTX* const raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(
      raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  // With TLS 1.2, only these keep a recorded conversation secret when the key is stolen later.
  SSL_CTX_set_cipher_list(raw, "ECDHE+AESGCM:ECDHE+CHACHA20");
  // Buffers are given back while a connection is idle: thousands of them are.
  SSL_CTX_set_mode(raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                            SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_chain_file(raw, files.certificate.c_str()) != 1) {
    throw unusable("The certificate in " + files.certificate + " cannot be read",
                   "--tls-cert wants a PEM file with the certificate, then its chain");
  }
  if (SSL_CTX_use_PrivateKey_file(raw, files.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    throw unusable("The key in " + files.key + " cannot be read or is not the certificate's",
                   "--tls-key wants the PEM file that belongs to " + files.certificate);
  }
  if (SSL_CTX_check_private_key(raw) != 1) {
    throw unusable("The key in " + files.key + " is not that of " + files.certificate,
                   "name the two files that belong together");
  }
  if (X509_cmp_current_time(X509_get0_notAfter(SSL_CTX_get0_certificate(raw))) < 0) {
    throw unusable("The certificate in " + files.certificate + " has expired", "renew it");
  }
  return context;
}

class TlsChannel final : public Channel {
 public:
  TlsChannel(SSL_CTX* context, platform::SocketHandle socket)
      : ssl_(SSL_new(context), SSL_free), socket_(socket) {
    // The library takes an int on each system, as no handle is larger.
    if (!ssl_ || SSL_set_fd(ssl_.get(), static_cast<int>(socket)) != 1) {
      ssl_.reset();
      return;
    }
    SSL_set_accept_state(ssl_.get());
  }

  ~TlsChannel() override { say_goodbye(); }

  bool is_open() const override { return ssl_ && SSL_is_init_finished(ssl_.get()); }

  bool holds_input() const override { return ssl_ && SSL_has_pending(ssl_.get()) == 1; }

  Result receive(char* into, std::size_t size) override {
    std::size_t moved = 0;
    return result_of([&] { return SSL_read_ex(ssl_.get(), into, size, &moved); }, moved);
  }

  Result send(const char* from, std::size_t size) override {
    std::size_t moved = 0;
    return result_of([&] { return SSL_write_ex(ssl_.get(), from, size, &moved); }, moved);
  }

  void finish_sending() override {
    say_goodbye();
    platform::shut_down(socket_, platform::Direction::send);
  }

 private:
  void say_goodbye() {
    // A failed or unfinished handshake has no end to announce.
    if (ssl_ && SSL_is_init_finished(ssl_.get())) SSL_shutdown(ssl_.get());
    ERR_clear_error();
  }

  template <class Move>
  Result result_of(const Move& move, const std::size_t& moved) {
    if (!ssl_) return {};
    ERR_clear_error();
    const int done = move();
    if (done == 1) return {.state = State::moved, .size = moved};
    const int why = SSL_get_error(ssl_.get(), done);
    ERR_clear_error();
    if (why == SSL_ERROR_WANT_READ) return {.state = State::needs_input, .size = 0};
    if (why == SSL_ERROR_WANT_WRITE) return {.state = State::needs_output, .size = 0};
    ssl_.reset();
    return {};
  }

  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  const platform::SocketHandle socket_;
};

}  // namespace

Tls::Tls(TlsFiles files) : files_(std::move(files)), context_(open_context(files_)) {}

void Tls::reload() {
  Context fresh = open_context(files_);
  const std::lock_guard lock(mutex_);
  context_ = std::move(fresh);
}

Tls::Certificates Tls::certificates() const {
  const auto shared = [](X509* certificate) {
    X509_up_ref(certificate);
    return certificates::Certificate(certificate, X509_free);
  };
  const Context used = context();
  Certificates found;
  found.server = shared(SSL_CTX_get0_certificate(used.get()));
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(used.get(), &chain);
  if (chain == nullptr || sk_X509_num(chain) == 0) return found;
  X509* const last = sk_X509_value(chain, sk_X509_num(chain) - 1);
  if (certificates::is_local_authority(*last)) found.authority = shared(last);
  return found;
}

std::unique_ptr<Channel> Tls::open_channel(platform::SocketHandle socket) const {
  return std::make_unique<TlsChannel>(context().get(), socket);
}

Context Tls::context() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

}  // namespace hss::transport
