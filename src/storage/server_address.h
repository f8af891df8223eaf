#pragma once

#include <memory>
#include <string>

namespace hss::storage {

/// A password that changes while HSS runs. Thread-safe. Throws domain::Error{unavailable} with a
/// sentence for the operator.
class PasswordSource {
 public:
  virtual ~PasswordSource() = default;

  /// The password to sign in with now.
  virtual std::string get() = 0;
  /// The server has rejected this one: true if get() has another.
  virtual bool renew(const std::string& rejected) = 0;
};

/// Where a database server is, and as whom HSS signs in to it.
struct ServerAddress {
  enum class Engine { postgres, mysql };

  Engine engine = Engine::postgres;
  std::string host = "127.0.0.1";
  int port = 5432;
  std::string database = "hss";
  std::string user = "hss";
  std::string password;  ///< without a source
  std::shared_ptr<PasswordSource> password_source;
  bool uses_tls = false;
  std::string ca_file;  ///< of the authority that signed the server's certificate, in PEM

  /// MySQL is MariaDB's name here, too: which of them it is, the server says.
  static const char* name_of(Engine engine) {
    return engine == Engine::postgres ? "PostgreSQL" : "MySQL";
  }
  static int default_port(Engine engine) { return engine == Engine::postgres ? 5432 : 3306; }

  /// For people: `PostgreSQL at db.example:5432/hss`.
  std::string text() const {
    return std::string(name_of(engine)) + " at " + host + ":" + std::to_string(port) + "/" +
           database;
  }
};

}  // namespace hss::storage
