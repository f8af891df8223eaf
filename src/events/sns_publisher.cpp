#include "events/sns_publisher.h"

#include <algorithm>
#include <chrono>

#include "aws/endpoint.h"
#include "domain/error.h"
#include "events/event_payload.h"

namespace hss::events {
namespace {

using domain::Error;
using domain::ErrorCode;

aws::SnsOptions options_of(const std::string& topic_arn, const aws::Variables& variables,
                           outgoing::ClientOptions client) {
  if (topic_arn.empty()) throw Error(ErrorCode::validation_error, "SNS_TOPIC_ARN is not set");
  const std::string topic_region = aws::region_of_topic(topic_arn);
  if (topic_region.empty()) {
    throw Error(ErrorCode::validation_error,
                "SNS_TOPIC_ARN is not a topic's name such as "
                "arn:aws:sns:us-east-1:123456789012:bookings");
  }
  const std::string own_region = aws::find_region(variables);
  const std::string region = own_region.empty() ? "us-east-1" : own_region;
  if (region != topic_region) {
    throw Error(ErrorCode::validation_error, "the topic of SNS_TOPIC_ARN is in " + topic_region +
                                                 ", and AWS_REGION says " + region);
  }
  return {.topic_arn = topic_arn,
          .region = region,
          .endpoint = aws::service_endpoint("sns", "SNS", region, variables),
          .client = std::move(client)};
}

aws::SnsMessage sns_message_of(const domain::OutboxEvent& event) {
  const std::string booking_id = event.booking_id.value_or("-");
  return {.subject = subject_of(event),
          .text = event_payload_of(event),
          .attributes = {{"event_type", event.type}, {"booking_id", booking_id}},
          .group = booking_id,
          .deduplication_id = event_payload_id_of(event)};
}

domain::DeliveryResult delivery_result_of(const aws::SnsOutcome& outcome,
                                          std::chrono::milliseconds took) {
  using From = aws::SnsOutcome::Result;
  using To = domain::DeliveryResult::Result;
  return {.result = outcome.result == From::published           ? To::delivered
                    : outcome.result == From::permanent_failure ? To::permanent_failure
                                                                : To::failed,
          .status_code = outcome.status,
          .error = outcome.error,
          .took = took};
}

}  // namespace

SnsPublisher::SnsPublisher(const std::string& topic_arn, const aws::Variables& variables,
                           const domain::Clock& now, outgoing::ClientOptions client)
    : credentials_(variables, now),
      sns_(options_of(topic_arn, variables, std::move(client)), credentials_, now) {}

std::vector<domain::DeliveryResult> SnsPublisher::publish(
    std::span<const domain::OutboxEvent> events, domain::Deadline deadline) {
  std::vector<aws::SnsMessage> messages;
  std::transform(events.begin(), events.end(), std::back_inserter(messages), sns_message_of);
  const auto began = std::chrono::steady_clock::now();
  const auto outcomes = sns_.publish(messages, deadline);
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - began);
  std::vector<domain::DeliveryResult> results;
  for (const aws::SnsOutcome& outcome : outcomes)
    results.push_back(delivery_result_of(outcome, took));
  return results;
}

}  // namespace hss::events
