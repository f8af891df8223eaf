#pragma once

namespace hss::platform {

/// The three streams that a program is started with.
enum class StandardStream { input, output, error };

}  // namespace hss::platform
