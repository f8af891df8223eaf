#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <random>
#include <span>
#include <string>

#include "domain/bookings/booking.h"
#include "domain/bookings/booking_service.h"
#include "domain/clock.h"
#include "domain/store.h"

namespace hss::test {

/// A clock that stands still until a test moves it. Thread-safe.
class TestClock {
 public:
  domain::Instant now() const { return start + std::chrono::milliseconds(passed_); }
  void advance(std::chrono::milliseconds time) { passed_ += time.count(); }
  domain::Clock clock() {
    return [this] { return now(); };
  }

  /// 2026-11-22T08:00:00Z
  static constexpr domain::Instant start =
      std::chrono::sys_days{std::chrono::year{2026} / 11 / 22} + std::chrono::hours(8);

 private:
  std::atomic<std::int64_t> passed_ = 0;
};

/// The same bytes in every run. Thread-safe.
inline domain::RandomBytes seeded_random() {
  auto engine = std::make_shared<std::mt19937>(7u);
  auto mutex = std::make_shared<std::mutex>();
  return [engine, mutex](std::span<std::uint8_t> bytes) {
    const std::lock_guard lock(*mutex);
    for (auto& byte : bytes) byte = static_cast<std::uint8_t>((*engine)());
  };
}

/// A folder of the test's own, gone with it.
class TempFolder {
 public:
  TempFolder() {
    std::random_device random;
    do {
      path_ = std::filesystem::temp_directory_path() / ("hss-test-" + std::to_string(random()));
    } while (!std::filesystem::create_directory(path_));
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

/// A fridge and a box for three months: R 1 430.
inline domain::BookingDraft a_draft() {
  return {.customer_name = "Thandi Mokoena",
          .email = "thandi@tuks.co.za",
          .pickup_date = "2026-12-01",
          .pickup_window = "08:00 – 11:00",
          .address = "12 Burnett Street, Hatfield",
          .items = {{.type = "fridge"}, {.type = "box"}},
          .duration_months = 3};
}

inline const domain::Caller staff{{.account = "", .role = domain::Role::staff}, "test-request"};

}  // namespace hss::test
