#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <atomic>
#include <cstddef>
#include <stdexcept>
#include <utility>
#include <vector>

namespace hss::crypto {
namespace {

using Digest = std::array<unsigned char, EVP_MAX_MD_SIZE>;

/// Contexts between two uses, which last as long as the process. A thread mostly finds its own: a
/// thread-local one with a destructor is freed before the destructor runs where GCC makes programs
/// for Windows.
class IdleContexts {
 public:
  EVP_MD_CTX* take() {
    EVP_MD_CTX* const idle = place().exchange(nullptr);
    return idle != nullptr ? idle : EVP_MD_CTX_new();
  }
  void give_back(EVP_MD_CTX* context) { EVP_MD_CTX_free(place().exchange(context)); }

 private:
  struct alignas(64) Place {  // threads do not share a line of the processor's cache
    std::atomic<EVP_MD_CTX*> context = nullptr;
  };

  std::atomic<EVP_MD_CTX*>& place() {
    thread_local const std::size_t own = next_++ % places_.size();
    return places_[own].context;
  }

  std::atomic<std::size_t> next_ = 0;
  std::array<Place, 64> places_;
};

/// Used by one thread for one digest.
class Context {
 public:
  Context() : context_(idle().take()) {}
  ~Context() { idle().give_back(context_); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  EVP_MD_CTX* get() const { return context_; }

 private:
  static IdleContexts& idle() {
    static IdleContexts contexts;
    return contexts;
  }

  EVP_MD_CTX* const context_;
};

std::string text_of(const Digest& digest, unsigned int size) {
  return {reinterpret_cast<const char*>(digest.data()), size};
}

}  // namespace

std::string sha256(std::string_view text) {
  // Looked up once: each look-up takes a process-wide lock.
  static EVP_MD* const method = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  const Context context;
  Digest digest{};
  unsigned int size = 0;
  if (method == nullptr || context.get() == nullptr ||
      EVP_DigestInit_ex2(context.get(), method, nullptr) != 1 ||
      EVP_DigestUpdate(context.get(), text.data(), text.size()) != 1 ||
      EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1) {
    throw std::runtime_error("SHA-256 is not available");
  }
  return text_of(digest, size);
}

std::string hmac_sha256(std::string_view key, std::string_view text) {
  Digest digest{};
  unsigned int size = 0;
  if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data(),
           &size) == nullptr) {
    throw std::runtime_error("HMAC-SHA-256 is not available");
  }
  return text_of(digest, size);
}

bool is_equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

void fill_random(std::span<std::uint8_t> bytes) {
  // Draws many bytes at once: OpenSSL takes about as long for ten as for some hundreds.
  thread_local std::array<std::uint8_t, 512> stock{};
  thread_local std::size_t left = 0;
  for (std::uint8_t& byte : bytes) {
    if (left == 0) {
      if (RAND_bytes(stock.data(), static_cast<int>(stock.size())) != 1) {
        throw std::runtime_error("the system gives no random bytes");
      }
      left = stock.size();
    }
    // Erases each byte that it gives out.
    byte = std::exchange(stock[--left], std::uint8_t{0});
  }
}

std::string random_hex(std::size_t bytes) {
  std::vector<std::uint8_t> random(bytes);
  fill_random(random);
  return to_hex({reinterpret_cast<const char*>(random.data()), random.size()});
}

std::string to_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text(2 * bytes.size(), '0');
  auto* digit = text.data();
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    *digit++ = digits[byte >> 4];
    *digit++ = digits[byte & 15];
  }
  return text;
}

}  // namespace hss::crypto
