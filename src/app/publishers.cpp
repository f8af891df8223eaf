#include "app/publishers.h"

#include "domain/error.h"

#if HSS_WITH_SNS
#include "events/sns_publisher.h"
#endif

namespace hss::app {

std::unique_ptr<domain::Publisher> open_publisher(
    const Config& config, const domain::Clock& now,
    const std::function<void(const std::string&)>& warn) {
  const std::string nobody = "; bookings go on, and no events are published to SNS";
  const std::string later = nobody + " until that is fixed";
  if (config.message_bus == "disabled") return nullptr;
  if (config.message_bus != "sns") {
    warn("MESSAGE_BUS_MODE is " + config.message_bus + ", and must be sns or disabled" + nobody);
    return nullptr;
  }
#if HSS_WITH_SNS
  try {
    return std::make_unique<events::SnsPublisher>(config.sns_topic, aws::variable_of_process, now);
  } catch (const domain::Error& error) {
    warn("MESSAGE_BUS_MODE is sns, but " + std::string(error.what()) + later);
  }
#else
  static_cast<void>(now);
  warn("MESSAGE_BUS_MODE is sns, but this hss was built without it (HSS_WITH_SNS)" + later);
#endif
  return nullptr;
}

}  // namespace hss::app
