#pragma once

namespace hss::bench {

/// From now on Ctrl+C and similar signals do not end the process, so that the bench can remove its
/// files first.
void note_interruptions();

/// Throws std::runtime_error if such a signal arrived.
void require_no_interruption();

}  // namespace hss::bench
