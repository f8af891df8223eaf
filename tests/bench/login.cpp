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

#include "api/http/router.h"
#include "app/password_hashing.h"
#include "auth/accounts_authenticator.h"
#include "crypto/digest.h"
#include "storage/sqlite/sqlite_store.h"

namespace {

using namespace hss;
using Milliseconds = std::chrono::duration<double, std::milli>;

class Program {
 public:
  explicit Program(const std::string& path) : store_(path, [](const std::string&) {}) {
    store_.transact([&](domain::Tx& tx) {
      const domain::NewAccount person{.name = "Thandi", .email = "known@x.co.za"};
      service_.add(tx, person, hashing_.hash("correct horse battery"),
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
  domain::Clock now_ = [] { return std::chrono::system_clock::now(); };
  domain::PasswordHashing hashing_ = commands::scrypt_hashing();
  storage::SqliteStore store_;
  api::TokenSigner signer_{{std::string(32, 'k')}};
  domain::AccountService service_{now_, crypto::fill_random, std::chrono::seconds(60)};
  domain::BookingService bookings_{now_, crypto::fill_random};
  api::Accounts accounts_{store_, service_, hashing_, signer_, now_, crypto::fill_random};
  api::AccountsAuthenticator authenticator_{store_, accounts_, signer_, now_};
  api::EventBroadcaster broadcaster_{store_, authenticator_, [](const std::string&) {}};
  api::Tickets tickets_{now_, crypto::fill_random};
  api::Router router_{api::routes(),
                      {.store = store_,
                       .bookings = bookings_,
                       .authenticator = authenticator_,
                       .now = now_,
                       .version = "bench",
                       .broadcaster = &broadcaster_,
                       .tickets = &tickets_,
                       .accounts = &accounts_},
                      {.random = crypto::fill_random, .report = [](const std::string&) {}}};
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
    Program program(folder + "/hss.db");
    std::vector<Milliseconds> known, unknown;
    for (int i = 0; i < tries; ++i) {
      known.push_back(program.rejected_login("known@x.co.za", 2 * i));
      unknown.push_back(
          program.rejected_login("unknown" + std::to_string(i) + "@x.co.za", 2 * i + 1));
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
