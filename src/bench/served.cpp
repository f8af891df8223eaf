#include "bench/served.h"

#include <chrono>
#include <cstdio>

#include "crypto/digest.h"
#include "crypto/password.h"
#include "domain/accounts/account_service.h"
#include "storage/sqlite/sqlite_store.h"

namespace hss::bench {
namespace {

constexpr const char* email = "bench@hss.co.za";
constexpr const char* password = "correct horse battery staple";

std::unique_ptr<Child> serve(const std::string& folder, const std::string& name,
                             const std::string& auth) {
  const std::string path = folder + "/" + name;
  return std::make_unique<Child>(
      std::vector<std::string>{"serve", "--port", "0", "--no-open", "--auth", auth, "--db",
                               path + ".db", "--log-format", "json"},
      path + ".log");
}

void add_account(const std::string& file) {
  storage::SqliteStore store(
      file, [](const std::string& text) { std::fprintf(stderr, "%s\n", text.c_str()); });
  const domain::AccountService accounts([] { return std::chrono::system_clock::now(); },
                                        crypto::fill_random, std::chrono::seconds(60));
  const domain::NewAccount person{.name = "Bench", .email = email, .role = domain::Role::staff};
  const std::string hash = crypto::hash_password(password);
  store.transact(
      [&](domain::Tx& tx) { accounts.add(tx, person, hash, domain::caller_of(person, "bench")); });
}

}  // namespace

const std::string as_staff = "X-HSS-Role: staff\r\n";
const std::string as_admin = "X-HSS-Role: admin\r\n";

std::unique_ptr<Child> serve_file(const std::string& folder, const std::string& name) {
  return serve(folder, name, "demo");
}

std::unique_ptr<Child> serve_accounts(const std::string& folder) {
  const std::string name = "accounts";
  run_apart([&] { add_account(folder + "/" + name + ".db"); });
  return serve(folder, name, "accounts");
}

std::string booking_body() {
  return R"({"customer_name":"Thandi Mokoena","email":"thandi@tuks.co.za","pickup_date":"2099-12-01",)"
         R"("pickup_window":"08:00 - 11:00","address":"12 Burnett Street, Hatfield",)"
         R"("items":[{"type":"bed"},{"type":"fridge"},{"type":"other","name":"Study lamp"}],)"
         R"("pricing":{"duration":3,"monthlySubtotal":670,"handlingFee":350,"total":2360}})";
}

Next always(const std::string& bytes, int expected_status) {
  return [request = Request{bytes, expected_status}](std::size_t) { return request; };
}

Next unchanged(int port, const std::string& target) {
  const std::string answer = ask(port, get(target, as_staff));
  return always(get(target, as_staff + "If-None-Match: " + header_of(answer, "ETag") + "\r\n"),
                304);
}

Request change_status(const std::string& id, const std::string& status) {
  std::string request =
      post("/api/v1/bookings/" + id + "/status", R"({"status":")" + status + R"("})", as_staff);
  return {request.replace(0, 4, "PATCH")};
}

std::string login_body() {
  return std::string(R"({"email":")") + email + R"(","password":")" + password + R"("})";
}

}  // namespace hss::bench
