// One static executable for every Linux: the host's modules are linked against another C library.
#include <httplib.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "commands/process.h"
#include "support.h"

using namespace hss::test;

namespace {

/// A system in a mount namespace of its own, with the module `trap` for every look-up and for TLS.
/// Notices when one of them is opened, which is when the C library would load it.
class TrappedSystem {
 public:
  TrappedSystem() : watch_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
    for (const std::string& module : {module_, provider_}) {
      write_file(module, "no module that can be loaded");
      REQUIRE(::inotify_add_watch(watch_, module.c_str(), IN_OPEN) >= 0);
    }
    std::string services;
    for (const char* database :
         {"aliases", "ethers", "group", "gshadow", "hosts", "initgroups", "netgroup", "networks",
          "passwd", "protocols", "publickey", "rpc", "services", "shadow"}) {
      services += std::string(database) + ": trap [NOTFOUND=continue] files\n";
    }
    write_file(folder_.file("nsswitch.conf"), services);
    // Nothing answers there, and the system reports that at once.
    write_file(folder_.file("resolv.conf"), "nameserver 127.0.0.1\noptions timeout:1 attempts:1\n");
    write_file(
        folder_.file("openssl.cnf"),
        "openssl_conf = init\n[init]\nproviders = all\n[all]\ntrap = trap\n[trap]\nmodule = " +
            provider_ + "\nactivate = 1\n");
  }
  ~TrappedSystem() { ::close(watch_); }
  TrappedSystem(const TrappedSystem&) = delete;
  TrappedSystem& operator=(const TrappedSystem&) = delete;

  /// The arguments that run a program there.
  std::vector<std::string> enter() const {
    return {"--user", "--map-root-user", "--mount", "/bin/sh", "-c",
            // One command. NOLINTNEXTLINE(bugprone-suspicious-missing-comma)
            "mount --bind \"$0/nsswitch.conf\" /etc/nsswitch.conf && "
            "mount --bind \"$0/resolv.conf\" /etc/resolv.conf && "
            "export LD_LIBRARY_PATH=\"$0\" OPENSSL_CONF=\"$0/openssl.cnf\" && exec \"$@\"",
            folder_.file("")};
  }

  /// True if any program has opened a module, also one of the host's, so that a test can prove that
  /// the trap works.
  bool was_opened() const {
    std::array<char, 4096> events{};
    return ::read(watch_, events.data(), events.size()) > 0;
  }

 private:
  TempFolder folder_;
  const std::string module_ = folder_.file("libnss_trap.so.2");
  const std::string provider_ = folder_.file("trap.so");
  const int watch_;
};

Outcome run_there(const TrappedSystem& system, const TempFolder& folder,
                  const std::vector<std::string>& words) {
  std::vector<std::string> all = system.enter();
  all.insert(all.end(), words.begin(), words.end());
  return Process(folder, "/usr/bin/unshare", all).wait();
}

}  // namespace

TEST_CASE("a name look-up loads none of the modules that another Linux has for it") {
#ifndef HSS_STATIC
  SKIP("this executable is linked to the C library of this system, whose modules are its own");
#endif
  TrappedSystem system;
  TempFolder folder;
  if (run_there(system, folder, {"/bin/true"}).exit_code != 0) {
    SKIP("no mount namespace can be made here: " + read_file(folder.file("stderr")));
  }
  // The host's own C library opens the trap.
  run_there(system, folder, {"/usr/bin/getent", "hosts", "some.localhost"});
  REQUIRE(system.was_opened());

  SECTION("of the server that hss check walks") {
    const Outcome outcome =
        run_there(system, folder, {executable(), "check", "http://some.localhost:1"});
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.out.find("takes no connection") != outcome.out.npos);
  }
  SECTION("of a webhook") {
    std::vector<std::string> words = system.enter();
    words.insert(words.end(), {executable(), "--db", ":memory:", "--port", "0"});
    Process hss(folder, "/usr/bin/unshare", words);
    httplib::Client client("127.0.0.1", hss.port());
    client.set_default_headers({{"X-HSS-Role", "admin"}});
    client.set_read_timeout(30);
    const auto answer = client.Post(
        "/api/v1/admin/webhooks", R"({"url":"https://hooks.example.com/hss"})", "application/json");
    REQUIRE(answer);
    CHECK(answer->status >= 400);
    CHECK(hss.is_running());
    CHECK(hss.end(SIGTERM).exit_code == 0);
  }
  SECTION("of the address that it listens on") {
    const Outcome outcome = run_there(
        system, folder, {executable(), "--db", ":memory:", "--port", "0", "--host", "a.invalid"});
    CHECK(outcome.exit_code == 1);
    CHECK(outcome.error.find("choose an address of this machine") != outcome.error.npos);
  }
  CHECK_FALSE(system.was_opened());
}

TEST_CASE("TLS loads none of the modules that another Linux configures for OpenSSL") {
#ifndef HSS_STATIC
  SKIP("this executable is linked to the OpenSSL of this system, whose modules are its own");
#endif
  TrappedSystem system;
  TempFolder folder;
  if (run_there(system, folder, {"/bin/true"}).exit_code != 0) {
    SKIP("no mount namespace can be made here: " + read_file(folder.file("stderr")));
  }
  const Outcome outcome = run_there(system, folder, {executable(), "check", "https://127.0.0.1:1"});
  CHECK(outcome.exit_code == 1);
  CHECK_FALSE(system.was_opened());
}
