#pragma once

namespace hss::bench {

/// From now on Ctrl+C and their like end nothing by themselves, so that what the bench wrote is
/// removed first.
void note_interruptions();

/// Throws std::runtime_error where one came.
void require_no_interruption();

}  // namespace hss::bench
