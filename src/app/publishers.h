#pragma once

#include <functional>
#include <memory>
#include <string>

#include "config/config.h"
#include "domain/clock.h"
#include "domain/events/publisher.h"

namespace hss::app {

/// Who the configuration says is told of events; null: nobody. What is wrong with it is told to
/// `warn`, and nobody is told of events then: bookings go on (API.md, "Events").
std::unique_ptr<domain::Publisher> open_publisher(
    const Config& config, const domain::Clock& now,
    const std::function<void(const std::string&)>& warn);

}  // namespace hss::app
