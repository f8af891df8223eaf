#pragma once

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "config/secret_service.h"
#include "domain/error.h"

namespace hss::test {

/// Has a few values, at references that begin with `at:`.
class FakeService final : public SecretService {
 public:
  bool is_reference(const std::string& text) const override { return text.starts_with("at:"); }
  std::string get(const std::string& reference, Deadline) override {
    ++asked;
    if (!values.contains(reference)) {
      throw domain::Error(domain::ErrorCode::unavailable, reference + ": nobody answers");
    }
    return values[reference];
  }
  std::optional<std::string> find_previous(const std::string& reference, std::chrono::seconds age,
                                           Deadline) override {
    CHECK(age == std::chrono::days(30));
    if (!previous.contains(reference)) return std::nullopt;
    return previous[reference];
  }
  std::string make_rds_token(const std::string& host, int port, const std::string& user,
                             Deadline) override {
    return user + "@" + host + ":" + std::to_string(port) + "#" + std::to_string(++asked);
  }

  std::map<std::string, std::string> values, previous;
  int asked = 0;
};

}  // namespace hss::test
