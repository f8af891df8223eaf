#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/config.h"
#include "domain/clock.h"
#include "domain/events/publisher.h"

namespace hss::app {

/// The publisher that the configuration names; null for none. If the configuration is wrong, `warn`
/// receives the reason and no events are published; bookings go on (API.md, "Events").
std::unique_ptr<domain::Publisher> open_publisher(
    const Config& config, const domain::Clock& now,
    const std::function<void(const std::string&)>& warn);

}  // namespace hss::app
