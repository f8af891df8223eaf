// The messages to the topic, word for word (API.md, "Events"), and when there can be none.
#include "events/sns_publisher.h"

#include <catch2/catch_test_macros.hpp>
#include <map>
#include <mutex>
#include <utility>

#include "domain/error.h"
#include "outgoing/local_server.h"
#include "support.h"

using namespace hss;
using namespace hss::test;
using domain::OutboxEvent;

namespace {

using Variables = std::map<std::string, std::string>;

aws::Variables looking_up(Variables variables) {
  return [variables = std::move(variables)](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? "" : found->second;
  };
}

/// The reason why a publisher cannot start; empty if it can.
std::string error(const std::string& topic, Variables variables = {}) {
  try {
    const events::SnsPublisher publisher(topic, looking_up(std::move(variables)),
                                         TestClock().clock());
    return "";
  } catch (const domain::Error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("an event's message, subject and attributes are the contract's") {
  LocalServer local;
  std::vector<httplib::Params> asked;
  local.server.Post("/", [&](const httplib::Request& request, httplib::Response& response) {
    httplib::Params form;
    httplib::detail::parse_query_text(request.body, form);
    asked.push_back(form);
    response.set_content("<PublishResponse><MessageId>1</MessageId></PublishResponse>", "text/xml");
  });
  local.start();
  TestClock clock;
  events::SnsPublisher publisher("arn:aws:sns:us-east-1:123456789012:bookings",
                                 looking_up({{"AWS_ENDPOINT_URL", local.url()},
                                             {"AWS_ACCESS_KEY_ID", "AKIA1"},
                                             {"AWS_SECRET_ACCESS_KEY", "hidden"}}),
                                 clock.clock());
  const OutboxEvent of_booking{.id = 1,
                               .type = "payment_captured",
                               .booking_id = "HSS-0000000001",
                               .payload = R"({"method":"card","status":"paid"})",
                               .occurred_at = "2026-11-22T08:00:00.000Z"};
  OutboxEvent general{.id = 2, .type = "notification", .payload = "{}"};
  for (const OutboxEvent& event : {of_booking, general}) {
    const auto results = publisher.publish(std::span(&event, 1), domain::no_deadline);
    REQUIRE(results.size() == 1);
    CHECK(results[0].result == domain::DeliveryResult::Result::delivered);
  }
  REQUIRE(asked.size() == 2);
  const auto of = [&](std::size_t number, const std::string& name) {
    return asked[number].find(name)->second;
  };
  CHECK(of(0, "Message") ==
        R"({"source":"hss-backend-api","event_type":"payment_captured",)"
        R"("booking_id":"HSS-0000000001","occurred_at":"2026-11-22T08:00:00.000Z",)"
        R"("payload":{"method":"card","status":"paid"}})");
  CHECK(of(0, "Subject") == "hss.payment_captured");
  CHECK(of(0, "MessageAttributes.entry.1.Name") == "event_type");
  CHECK(of(0, "MessageAttributes.entry.1.Value.StringValue") == "payment_captured");
  CHECK(of(0, "MessageAttributes.entry.2.Name") == "booking_id");
  CHECK(of(0, "MessageAttributes.entry.2.Value.StringValue") == "HSS-0000000001");
  CHECK(of(1, "MessageAttributes.entry.2.Value.StringValue") == "-");
}

TEST_CASE("a configuration with which no event could ever go out is told at once") {
  const std::string topic = "arn:aws:sns:eu-west-1:123456789012:bookings";
  CHECK(error("") == "SNS_TOPIC_ARN is not set");
  CHECK(error("bookings").starts_with("SNS_TOPIC_ARN is not a topic's name"));
  CHECK(error(topic) ==
        "the topic of SNS_TOPIC_ARN is in eu-west-1, and AWS_REGION says us-east-1");
  CHECK(error(topic, {{"AWS_REGION", "eu-west-1"}}).empty());
  CHECK(error(topic, {{"AWS_REGION", "eu-west-1"}, {"AWS_ENDPOINT_URL", "moto"}})
            .starts_with("AWS_ENDPOINT_URL is not an address"));
}
