#pragma once

#include <string>

namespace hss::storage {

/// Where a database server is, and as whom HSS signs in to it.
struct ServerAddress {
  enum class Engine { postgres };

  Engine engine = Engine::postgres;
  std::string host = "127.0.0.1";
  int port = 5432;
  std::string database = "hss";
  std::string user = "hss";
  std::string password;
  bool uses_tls = false;
  std::string ca_file;  ///< of the authority that signed the server's certificate, in PEM

  /// For people: `PostgreSQL at db.example:5432/hss`.
  std::string text() const {
    return "PostgreSQL at " + host + ":" + std::to_string(port) + "/" + database;
  }
};

}  // namespace hss::storage
