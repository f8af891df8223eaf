#pragma once

#include <span>
#include <string_view>

namespace hss::assets {

/// One encoding of an asset's bytes; empty if the build made none.
struct Encoding {
  std::string_view bytes;
  std::string_view etag;  ///< of these bytes, quoted
};

/// One file of the UI's bundle, embedded at build time.
struct Asset {
  std::string_view path;  ///< "/index.html"
  std::string_view type;  ///< its media type
  bool immutable;         ///< its name carries a hash of its bytes
  Encoding identity, gzip, brotli;
};

/// The bundle, sorted by path; empty in a build without UI.
std::span<const Asset> all();

/// The asset with exactly this path, or nullptr.
const Asset* find(std::string_view path);

}  // namespace hss::assets
