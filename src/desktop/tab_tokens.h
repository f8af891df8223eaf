#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "desktop/clock.h"
#include "domain/reference.h"

namespace hss::desktop {

/// The tabs that may use the start page. A link has a code in its fragment, which other users of
/// this machine may see in the browser's command line: it is good for one tab, and for ten minutes.
/// The tab's own token lasts as long as the program. Thread-safe.
class TabTokens {
 public:
  static constexpr std::chrono::minutes code_lasts{10};
  /// Of codes and of tokens; the oldest make room.
  static constexpr std::size_t max_kept = 32;

  TabTokens(SteadyClock now, domain::RandomBytes random);

  std::string make_code();
  /// Empty if the code was used, has expired or is unknown.
  std::optional<std::string> redeem(std::string_view code);
  bool is_token(std::string_view text) const;
  /// True once a tab has redeemed a code.
  bool has_tab() const;

 private:
  struct Code {
    std::string text;
    std::chrono::steady_clock::time_point ends;
  };

  std::string new_text() const;

  const SteadyClock now_;
  const domain::RandomBytes random_;
  mutable std::mutex mutex_;
  std::deque<Code> codes_;
  std::deque<std::string> tokens_;
};

}  // namespace hss::desktop
