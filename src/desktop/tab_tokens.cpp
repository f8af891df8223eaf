#include "desktop/tab_tokens.h"

#include <algorithm>
#include <utility>

#include "auth/secret.h"
#include "crypto/digest.h"

namespace hss::desktop {

TabTokens::TabTokens(SteadyClock now, domain::RandomBytes random)
    : now_(std::move(now)), random_(std::move(random)) {}

std::string TabTokens::new_text() const {
  return auth::new_secret(random_).text;
}

std::string TabTokens::make_code() {
  const std::lock_guard lock(mutex_);
  if (codes_.size() == max_kept) codes_.pop_front();
  return codes_.emplace_back(Code{.text = new_text(), .ends = now_() + code_lasts}).text;
}

std::optional<std::string> TabTokens::redeem(std::string_view code) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(codes_.begin(), codes_.end(), [&](const Code& one) {
    return crypto::is_equal(one.text, code);
  });
  if (found == codes_.end()) return std::nullopt;
  const bool is_late = found->ends <= now_();
  codes_.erase(found);
  if (is_late) return std::nullopt;
  if (tokens_.size() == max_kept) tokens_.pop_front();
  return tokens_.emplace_back(new_text());
}

bool TabTokens::is_token(std::string_view text) const {
  const std::lock_guard lock(mutex_);
  return std::any_of(tokens_.begin(), tokens_.end(),
                     [&](const std::string& token) { return crypto::is_equal(token, text); });
}

bool TabTokens::has_tab() const {
  const std::lock_guard lock(mutex_);
  return !tokens_.empty();
}

}  // namespace hss::desktop
