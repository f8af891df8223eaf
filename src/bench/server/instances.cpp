#include "bench/server/instances.h"

#include <fstream>
#include <stdexcept>

#include "bench/served.h"

namespace hss::bench {
namespace {

/// The variables that lead a process to the server.
std::vector<std::string> environment_for(const storage::ServerAddress& server) {
  return {std::string("DB_ENGINE=") + storage::ServerAddress::name_of(server.engine),
          "DB_HOST=" + server.host,
          "DB_PORT=" + std::to_string(server.port),
          "DB_NAME=" + server.database,
          "DB_USER=" + server.user,
          "DB_PASSWORD=" + server.password,
          server.uses_tls ? "DB_CA_FILE=" + server.ca_file : "DB_TLS=off"};
}

/// What a child said last, for the person at the terminal.
std::string last_line_of(const std::string& file) {
  std::ifstream log(file);
  std::string last;
  for (std::string line; std::getline(log, line);) last = line;
  return last;
}

}  // namespace

Instances::Instances(const storage::ServerAddress& server, std::size_t count,
                     const std::string& log_file) {
  const std::vector<std::string> words{"serve", "--port",       "0",   "--no-open", "--auth",
                                       "demo",  "--log-format", "json"};
  while (children_.size() < count) {
    try {
      children_.push_back(std::make_unique<Child>(words, log_file, environment_for(server)));
    } catch (const std::runtime_error& failure) {
      throw std::runtime_error(std::string(failure.what()) + ": " + last_line_of(log_file));
    }
    ports_.push_back(children_.back()->port());
  }
}

Instances::Instances(const std::string& folder, const std::string& name) {
  children_.push_back(serve_file(folder, name));
  ports_.push_back(children_.back()->port());
}

double Instances::cpu_seconds() const {
  double seconds = 0;
  for (const auto& child : children_) seconds += child->cpu_seconds();
  return seconds;
}

}  // namespace hss::bench
