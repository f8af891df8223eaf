#include "assets/assets.h"

#include <algorithm>

namespace hss::assets {

const Asset* find(std::string_view path) {
  const auto table = all();
  const auto found = std::lower_bound(
      table.begin(), table.end(), path,
      [](const Asset& asset, std::string_view wanted) { return asset.path < wanted; });
  return found != table.end() && found->path == path ? &*found : nullptr;
}

}  // namespace hss::assets
