#include "crypto/password.h"

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>
#include <vector>

#include "app/password_hashing.h"
#include "crypto/base64url.h"

using namespace hss::crypto;

TEST_CASE("a password's hash tells its cost, has a salt of its own, and fits that password alone") {
  const std::string hash = hash_password("correct horse battery");
  CHECK(hash.starts_with("$scrypt$ln=15,r=8,p=3$"));
  CHECK(hash.size() == 22 + 22 + 1 + 43);
  CHECK(hash != hash_password("correct horse battery"));
  CHECK(check_password("correct horse battery", hash) == PasswordCheck::right);
  for (const char* other : {"correct horse batterz", "Correct horse battery", "", " "}) {
    INFO(other);
    CHECK(check_password(other, hash) == PasswordCheck::wrong);
  }
}

TEST_CASE("the derivation is scrypt: RFC 7914's vector, at a cost that is no longer ours") {
  // Section 12: password "pleaseletmein", salt "SodiumChloride", N = 16384, r = 8, p = 1; the first
  // half of its 64 bytes, as scrypt's output of half the length is.
  const std::string hash =
      "$scrypt$ln=14,r=8,p=1$" + to_base64url("SodiumChloride") + "$" +
      to_base64url(std::string("\x70\x23\xbd\xcb\x3a\xfd\x73\x48\x46\x1c\x06\xcd\x81\xfd\x38\xeb"
                               "\xfd\xa8\xfb\xba\x90\x4f\x8e\x3e\xa9\xb5\x43\xf6\x54\x5d\xa1\xf2",
                               32));
  CHECK(check_password("pleaseletmein", hash) == PasswordCheck::right_but_outdated);
  CHECK(check_password("pleaseletmeout", hash) == PasswordCheck::wrong);
}

TEST_CASE("more passwords than processors are checked at once, and none waits for ever") {
  const std::string cheap = "$scrypt$ln=10,r=8,p=1$AAAA$" + std::string(43, 'A');
  const auto checks = 4 * std::max(1u, std::thread::hardware_concurrency());
  std::atomic<unsigned> done = 0;
  std::vector<std::jthread> threads;
  for (unsigned i = 0; i < checks; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 25; ++round) {
        if (check_password("correct horse battery", cheap) == PasswordCheck::wrong) ++done;
      }
    });
  }
  threads.clear();
  CHECK(done == 25 * checks);
}

TEST_CASE("no password fits a hash that is none, and looking costs as much as at a whole one") {
  using std::chrono::steady_clock;
  const std::string whole = hash_password("correct horse battery");
  const auto time_of = [](const std::string& hash) {
    const auto start = steady_clock::now();
    CHECK(check_password("correct horse battery ", hash) == PasswordCheck::wrong);
    return steady_clock::now() - start;
  };
  const auto honest = time_of(whole);
  for (const std::string& broken :
       {std::string(), std::string("x"), std::string("$scrypt$"), whole.substr(0, whole.size() - 1),
        std::string("$scrypt$ln=16") + whole.substr(13),
        std::string("$scrypt$ln=40,r=8,p=1$AAAA$") + whole.substr(45),
        std::string("$scrypt$ln=15,r=8,p=999999$AAAA$") + whole.substr(45)}) {
    INFO(broken);
    // Deliberately imprecise, as tests run in parallel: without a cost it would be thousands of
    // times less.
    CHECK(time_of(broken) > honest / 20);
  }
}

TEST_CASE(
    "a password is the same however the keyboard makes its letters, and one hashed as typed is "
    "hashed again") {
  using hss::domain::PasswordFit;
  const auto hashing = hss::app::scrypt_hashing();
  const std::string composed = "caf\u00e9 au lait";
  const std::string decomposed = "cafe\u0301 au lait";
  CHECK(hashing.check(decomposed, hashing.hash(composed)) == PasswordFit::right);
  CHECK(hashing.check(composed, hashing.hash(decomposed)) == PasswordFit::right);
  const std::string of_version_6 = hss::crypto::hash_password(decomposed);
  CHECK(hashing.check(decomposed, of_version_6) == PasswordFit::right_but_outdated);
  CHECK(hashing.check("cafe au lait", of_version_6) == PasswordFit::wrong);
}
