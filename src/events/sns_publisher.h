#pragma once

#include <string>

#include "aws/sns.h"
#include "domain/clock.h"
#include "domain/events/publisher.h"

namespace hss::events {

/// Publishes events to a topic of Amazon SNS (API.md, "Events").
class SnsPublisher final : public domain::Publisher {
 public:
  /// The region is that of AWS_REGION, else AWS_DEFAULT_REGION, else `us-east-1`; credentials are
  /// looked up with each call. Throws domain::Error with a sentence if no call could ever succeed:
  /// without a topic, or with one of another region.
  SnsPublisher(const std::string& topic_arn, const aws::Variables& variables,
               const domain::Clock& now, outgoing::ClientOptions client = {});

  std::size_t max_at_once() const override { return aws::Sns::max_at_once; }
  std::vector<domain::DeliveryResult> publish(std::span<const domain::OutboxEvent> events,
                                              domain::Deadline deadline) override;
  void stop() override { sns_.stop(); }

 private:
  aws::CredentialChain credentials_;
  aws::Sns sns_;
};

}  // namespace hss::events
