// The same server behind TLS.
#include "transport/http/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include "certificate.h"
#include "certificates/certificate_folder.h"
#include "domain/error.h"
#include "transport/http/server_fixture.h"

using namespace hss;
using namespace hss::test;

namespace {

transport::HttpOptions with_tls(const transport::Tls& tls) {
  transport::HttpOptions options;
  options.tls = &tls;
  return options;
}

/// A client that speaks TLS on a separate connection.
class TlsClient {
 public:
  explicit TlsClient(int port, int highest_version = TLS1_3_VERSION)
      : context_(SSL_CTX_new(TLS_client_method())), socket_(connect_to(port)) {
    SSL_CTX_set_max_proto_version(context_, highest_version);
    // This client must be able to offer what the server rejects.
    SSL_CTX_set_min_proto_version(context_, TLS1_VERSION);
    SSL_CTX_set_security_level(context_, 0);
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, static_cast<int>(socket_));
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    platform::close(socket_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool connect() {
    return finish([&] { return SSL_connect(ssl_); }) == 1;
  }

  long serial_of_server() const {
    X509* certificate = SSL_get1_peer_certificate(ssl_);
    const long serial = ASN1_INTEGER_get(X509_get0_serialNumber(certificate));
    X509_free(certificate);
    return serial;
  }

  int ask(const std::string& target) {
    const std::string request = request_of("GET", target);
    finish([&] { return SSL_write(ssl_, request.data(), static_cast<int>(request.size())); });
    std::string answer;
    while (answer.find("\r\n\r\n") == answer.npos) {
      char buffer[4096];
      const int size = finish([&] { return SSL_read(ssl_, buffer, sizeof buffer); });
      if (size <= 0) return 0;
      answer.append(buffer, static_cast<std::size_t>(size));
    }
    return status_of(answer);
  }

 private:
  /// Waits for the socket, which does not wait by itself.
  template <class Step>
  int finish(const Step& step) {
    for (;;) {
      ERR_clear_error();
      const int done = step();
      const int why = SSL_get_error(ssl_, done);
      if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE) return done;
      const bool is_input = why == SSL_ERROR_WANT_READ;
      if (!platform::wait_for(socket_,
                              is_input ? platform::Interest::input : platform::Interest::output,
                              patience)) {
        return -1;
      }
    }
  }

  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  platform::SocketHandle socket_;
};

std::string error_of(const transport::TlsFiles& files) {
  try {
    const transport::Tls tls(files);
    return "";
  } catch (const domain::Error& error) {
    CHECK(error.code() == domain::ErrorCode::unavailable);
    return error.what();
  }
}

}  // namespace

TEST_CASE("behind TLS a booking is made and read on one connection, and long answers come whole") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  Server server(with_tls(tls));
  httplib::SSLClient client("127.0.0.1", server.port);
  client.enable_server_certificate_verification(false);
  client.set_keep_alive(true);
  const auto made = client.Post("/api/v1/bookings", booking_body().dump(), "application/json");
  REQUIRE(made);
  CHECK(made->status == 201);
  const auto read = client.Get(made->get_header_value("Location"));
  REQUIRE(read);
  CHECK(Json::parse(read->body)["customer_name"] == "Thandi Mokoena");
  const auto document = client.Get("/api/v1/openapi.json");
  REQUIRE(document);
  CHECK(Json::parse(document->body)["openapi"] == "3.1.0");
}

TEST_CASE("events are heard through TLS, from the first one on") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  Server server(with_tls(tls));
  const auto connect = [&] {
    auto client = std::make_unique<httplib::SSLClient>("127.0.0.1", server.port);
    client->enable_server_certificate_verification(false);
    client->set_keep_alive(true);
    client->set_tcp_nodelay(true);
    return client;
  };
  const auto other = connect();
  const auto book = [&] {
    return other->Post("/api/v1/bookings", booking_body().dump(), "application/json")->status;
  };
  for (int i = 0; i < 500; ++i) REQUIRE(book() == 201);
  std::string text;
  bool has_booked = false;
  const auto listener = connect();
  listener->Get("/api/v1/events?last_event_id=0", [&](const char* data, std::size_t size) {
    text.append(data, size);
    if (!has_booked && text.find("id: 500\nevent") != text.npos) has_booked = book() == 201;
    return text.find("id: 501\nevent: booking_submitted") == text.npos;
  });
  CHECK(has_booked);
  std::size_t at = 0;
  for (int id = 1; id <= 501; ++id) {
    at = text.find("id: " + std::to_string(id) + "\nevent: booking_submitted", at);
    REQUIRE(at != text.npos);
  }
}

TEST_CASE("a body of a megabyte arrives through TLS, and one that is larger is refused") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  Server server(with_tls(tls));
  httplib::SSLClient client("127.0.0.1", server.port);
  client.enable_server_certificate_verification(false);
  const std::string full_body(1024 * 1024, ' ');
  const auto fits = client.Post("/api/v1/bookings", full_body, "application/json");
  REQUIRE(fits);
  CHECK(fits->status == 400);
  const auto larger = client.Post("/api/v1/bookings", full_body + " ", "application/json");
  REQUIRE(larger);
  CHECK(larger->status == 413);
}

TEST_CASE("TLS before 1.2 is refused, 1.2 and 1.3 are served") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  Server server(with_tls(tls));
  CHECK_FALSE(TlsClient(server.port, TLS1_1_VERSION).connect());
  for (const int protocol : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsClient client(server.port, protocol);
    REQUIRE(client.connect());
    CHECK(client.ask("/health") == 200);
  }
}

TEST_CASE("who speaks plain HTTP to a TLS port is hung up on, and nobody else notices") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  Server server(with_tls(tls));
  TlsClient other(server.port);
  REQUIRE(other.connect());
  RawClient plain(server.port);
  plain.send(request_of("GET", "/health"));
  const std::string answer = plain.receive();
  CHECK_FALSE(answer.starts_with("HTTP/"));
  CHECK(plain.is_closed());
  CHECK(other.ask("/health") == 200);
}

TEST_CASE("silent clients before their handshake hold nobody up") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  transport::HttpOptions options = with_tls(tls);
  options.connections.workers = 2;
  Server server(options);
  std::vector<std::unique_ptr<RawClient>> silent;
  for (int i = 0; i < 16; ++i) {
    silent.push_back(std::make_unique<RawClient>(server.port));
    silent.back()->send("\x16\x03\x01");
  }
  TlsClient client(server.port);
  REQUIRE(client.connect());
  CHECK(client.ask("/health") == 200);
}

TEST_CASE("a handshake that comes a byte now and then is cut off when its time is over") {
  const Certificate certificate;
  const transport::Tls tls(certificate.files());
  transport::HttpOptions options = with_tls(tls);
  options.connections.request_time = std::chrono::milliseconds(300);
  options.connections.idle_time = std::chrono::minutes(10);
  Server server(options);
  RawClient slow(server.port);
  // A handshake's record comes slowly. The server has closed the connection once sending fails.
  slow.send(std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11));
  bool is_cut = false;
  for (int i = 0; i < 400 && !is_cut; ++i) {
    slow.send("x");
    is_cut = slow.has_ended();
  }
  CHECK(is_cut);
  // A client whose handshake is done may be idle for longer.
  TlsClient patient(server.port);
  REQUIRE(patient.connect());
  CHECK(patient.ask("/health") == 200);
  RawClient other(server.port);
  other.send("\x16");
  CHECK(other.is_closed());
  CHECK(patient.ask("/health") == 200);
}

TEST_CASE(
    "a certificate that was renewed is used from the next connection on, and none is dropped") {
  const Certificate first, second;
  const transport::TlsFiles files = first.files();
  transport::Tls tls(files);
  Server server(with_tls(tls));
  TlsClient before(server.port);
  REQUIRE(before.connect());
  CHECK(before.ask("/health") == 200);

  std::filesystem::rename(second.files().certificate, files.certificate);
  CHECK_THROWS_AS(tls.reload(), domain::Error);  // the key is still the first one's
  TlsClient meanwhile(server.port);
  REQUIRE(meanwhile.connect());
  CHECK(meanwhile.serial_of_server() == first.serial());

  std::filesystem::rename(second.files().key, files.key);
  tls.reload();
  CHECK(before.ask("/health") == 200);
  TlsClient after(server.port);
  REQUIRE(after.connect());
  CHECK(after.serial_of_server() == second.serial());
}

TEST_CASE("what is wrong with a certificate is said with its file") {
  const Certificate good, other, expired(-60);
  const auto [certificate, key] = good.files();
  CHECK(error_of({.certificate = "/none.pem", .key = key}).find("/none.pem") != std::string::npos);
  CHECK(error_of({.certificate = certificate, .key = "/none.key"}).find("/none.key") !=
        std::string::npos);
  CHECK(error_of({.certificate = certificate, .key = other.files().key}).find(other.files().key) !=
        std::string::npos);
  CHECK(error_of(expired.files()).find("has expired") != std::string::npos);
  CHECK(error_of(good.files()).empty());
}

TEST_CASE("the authority of a local network is found behind the certificate, and after a renewal") {
  const TempFolder folder;
  const certificates::CertificateFolder files(folder.file("certificate"));
  const certificates::CertificateNames names{.hosts = {"localhost"}, .addresses = {}};
  const auto now = std::chrono::system_clock::now();
  const auto first = files.renew(names, {}, now - std::chrono::days(100));
  transport::Tls tls({.certificate = files.certificate_file(), .key = files.key_file()});
  const auto found = tls.certificates();
  REQUIRE(found.authority != nullptr);
  CHECK(certificates::fingerprint_of(*found.authority) == first.fingerprint);
  CHECK(certificates::end_of(*found.server) == first.end);

  const auto second = files.renew(names, {}, now);
  CHECK(certificates::end_of(*tls.certificates().server) == first.end);
  tls.reload();
  CHECK(certificates::end_of(*tls.certificates().server) == second.end);
  CHECK(certificates::fingerprint_of(*tls.certificates().authority) == first.fingerprint);
}

TEST_CASE("a certificate that nobody else signed has no authority that a device could trust") {
  const Certificate certificate;
  CHECK(transport::Tls(certificate.files()).certificates().authority == nullptr);
}
