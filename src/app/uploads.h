#pragma once

#include <memory>

#include "app/program.h"
#include "config/config.h"
#include "domain/store.h"
#include "uploads/uploads.h"

namespace hss::app {

/// What the configuration says about uploads; none if none are taken. Touches no disk.
std::unique_ptr<uploads::Uploads> open_uploads(const Config& config, domain::Store& store,
                                               const Environment& environment);

}  // namespace hss::app
