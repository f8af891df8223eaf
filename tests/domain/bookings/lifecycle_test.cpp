#include "domain/bookings/lifecycle.h"

#include <catch2/catch_test_macros.hpp>
#include <set>

#include "domain/error.h"

using namespace hss::domain;

TEST_CASE("a person may ask for exactly the steps of the contract") {
  using enum Status;
  const std::set<std::pair<Status, Status>> steps{
      {submitted, approved}, {approved, submitted},   {submitted, declined},
      {approved, declined},  {submitted, cancelled},  {approved, cancelled},
      {paid, collected},     {collected, in_storage}, {in_storage, returned}};
  for (const Status from : all_statuses) {
    for (const Status to : all_statuses) {
      INFO(to_text(from) << " -> " << to_text(to));
      CHECK(may_step(from, to) == steps.contains({from, to}));
    }
  }
}

TEST_CASE("a slip is corrected one step back, and no further") {
  using enum Status;
  const std::set<std::pair<Status, Status>> corrections{
      {collected, paid}, {in_storage, collected}, {returned, in_storage}};
  for (const Status from : all_statuses) {
    for (const Status to : all_statuses) {
      INFO(to_text(from) << " -> " << to_text(to));
      CHECK(is_correction(from, to) == corrections.contains({from, to}));
      if (is_correction(from, to)) CHECK_FALSE(may_step(from, to));
    }
  }
}

TEST_CASE("a step that is not allowed names both ends") {
  try {
    require_step(Status::paid, Status::approved);
    FAIL("the step was allowed");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::conflict);
    CHECK(std::string(error.what()) == "Invalid status transition: paid -> approved");
  }
}

TEST_CASE("statuses go to text and back") {
  for (const Status status : all_statuses) CHECK(find_status(to_text(status)) == status);
  CHECK_FALSE(find_status("Paid").has_value());
  CHECK_FALSE(find_status("").has_value());
}

TEST_CASE("declining needs a reason") {
  CHECK_THROWS_AS(validate_status_request({.to = Status::declined, .reason = "  "}), Error);
  CHECK(validate_status_request({.to = Status::declined, .reason = " full "}).reason == "full");
  CHECK_NOTHROW(validate_status_request({.to = Status::cancelled, .reason = ""}));
  CHECK_THROWS_AS(
      validate_status_request({.to = Status::declined, .reason = std::string(501, 'a')}), Error);
}
