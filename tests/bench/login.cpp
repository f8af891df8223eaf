// Checks that the time of a rejected login does not show if its e-mail has an account: the medians
// over 200 tries each, taken in turn, with the hashing of the product. Exits 1 if they differ by 10
// % or more. Usage: hss_login_bench [tries]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "app/password_hashing.h"
#include "app/program.h"

namespace {

using namespace hss;
using Milliseconds = std::chrono::duration<double, std::milli>;

class Server {
 public:
  explicit Server(const std::string& path) : program_(config_of(path), environment()) {
    program_.store().transact([&](domain::Tx& tx) {
      const domain::NewAccount person{.name = "Thandi", .email = "known@x.co.za"};
      program_.accounts()->service().add(tx, person,
                                         app::scrypt_hashing().hash("correct horse battery"),
                                         domain::caller_of(person, "bench"));
    });
  }

  /// Sends each try from another address, so that no rate limit slows it down.
  Milliseconds rejected_login(const std::string& email, int number) {
    api::Request request;
    request.method = "POST";
    request.target = "/api/v1/auth/login";
    request.body = R"({"email":")" + email + R"(","password":"wrong horse battery"})";
    request.client_address =
        "10.0." + std::to_string(number / 250) + "." + std::to_string(number % 250);
    const auto start = std::chrono::steady_clock::now();
    const int status = router_.handle(request).status;
    const auto time = std::chrono::steady_clock::now() - start;
    if (status != 401) throw std::runtime_error("answered " + std::to_string(status));
    return time;
  }

 private:
  static Config config_of(const std::string& path) {
    Config config;
    config.db = path;
    config.auth = Config::Auth::accounts;
    return config;
  }
  static app::Environment environment() {
    return app::system_environment({}, [](const std::string&) {});
  }

  app::Program program_;
  api::Router router_{program_.make_router()};
};

double median(std::vector<Milliseconds> times) {
  std::sort(times.begin(), times.end());
  return times[times.size() / 2].count();
}

}  // namespace

int main(int argc, char** argv) {
  const int tries = argc > 1 ? std::atoi(argv[1]) : 200;
  std::string folder = (std::filesystem::temp_directory_path() / "hss-bench-XXXXXX").string();
  if (tries < 1 || ::mkdtemp(folder.data()) == nullptr) return 1;
  int exit_code = 0;
  try {
    Server server(folder + "/hss.db");
    std::vector<Milliseconds> known, unknown;
    for (int i = 0; i < tries; ++i) {
      known.push_back(server.rejected_login("known@x.co.za", 2 * i));
      unknown.push_back(
          server.rejected_login("unknown" + std::to_string(i) + "@x.co.za", 2 * i + 1));
    }
    const double of_known = median(known), of_unknown = median(unknown);
    const double apart = 100 * std::abs(of_known - of_unknown) / std::max(of_known, of_unknown);
    constexpr double too_far_apart = 10;
    if (apart >= too_far_apart) exit_code = 1;
    std::printf(
        "refused login, median of %d: known e-mail %.1f ms, unknown %.1f ms, %.1f %% apart\n",
        tries, of_known, of_unknown, apart);
  } catch (const std::exception& failure) {
    std::fprintf(stderr, "hss_login_bench: %s\n", failure.what());
    exit_code = 1;
  }
  std::filesystem::remove_all(folder);
  return exit_code;
}
