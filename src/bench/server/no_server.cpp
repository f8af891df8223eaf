// Replaces the rest of the folder in a build that knows no database server, whose command line does
// not have --server.
#include <stdexcept>

#include "bench/server/server_growth.h"
#include "bench/server/server_throughput.h"

namespace hss::bench {
namespace {

[[noreturn]] void throw_not_built() {
  throw std::runtime_error("this hss was built without database servers");
}

}  // namespace

void prepare_server(const storage::ServerAddress&, const storage::ServerAddress&) {
  throw_not_built();
}

void measure_server(const ServerOptions&, Report&) {
  throw_not_built();
}

void measure_server_growth(const storage::ServerAddress&, const storage::ServerAddress&,
                           const std::string&, std::size_t, Report&) {
  throw_not_built();
}

}  // namespace hss::bench
