#include "api/site/asset.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "api/http/accept_encoding.h"
#include "api/http/etag.h"
#include "api/http/gzip.h"
#include "api/site/ui_page.h"
#include "crypto/digest.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

/// These files name others by absolute path; scripts and styles use paths relative to their folder.
constexpr std::array<std::string_view, 2> with_paths{"/index.html", "/manifest.webmanifest"};

}  // namespace

AssetFiles::AssetFiles(const BasePath& base_path) {
  if (base_path.text().empty()) return;
  for (const std::string_view path : with_paths) {
    if (const assets::Asset* asset = assets::find(path)) keep_rewritten(*asset, base_path);
  }
}

void AssetFiles::keep_rewritten(const assets::Asset& asset, const BasePath& base_path) {
  const auto keep = [this](std::string text) -> std::string_view {
    return texts_.emplace_back(std::move(text));
  };
  const std::string_view text = keep(base_path.add_to_quoted(asset.identity.bytes));
  const std::string hash = crypto::to_hex(crypto::sha256(text)).substr(0, 16);
  assets::Asset rewritten = asset;
  rewritten.identity = {text, keep('"' + hash + '"')};
  rewritten.gzip = {keep(GzipText(text).close("")), keep('"' + hash + "-gz\"")};
  rewritten.brotli = {};
  rewritten_.push_back(rewritten);
}

const assets::Asset* AssetFiles::find(std::string_view path) const {
  const auto found = std::find_if(rewritten_.begin(), rewritten_.end(),
                                  [&](const assets::Asset& asset) { return asset.path == path; });
  return found != rewritten_.end() ? &*found : assets::find(path);
}

/// A program asks for a name with a dot, and a person for any other.
AssetFiles::Found AssetFiles::get_file(const Request& request) const {
  const assets::Asset* page = find("/index.html");
  if (page != nullptr && is_ui_page(request.segments)) return {.asset = *page};
  if (const assets::Asset* file = find(request.path)) return {.asset = *file};
  const auto dot = request.path.rfind('.');
  const bool is_file = dot != request.path.npos && dot > request.path.rfind('/');
  if (page == nullptr || is_file) {
    throw Error(ErrorCode::not_found, "There is nothing at " + domain::excerpt(request.path));
  }
  return {.asset = *page, .is_missing_page = true};
}

Response AssetFiles::get(const Request& request) const {
  const auto [asset, is_missing_page] = get_file(request);
  const assets::Encoding* encoding = &asset.identity;
  std::string_view coding;
  if (!asset.brotli.bytes.empty() && accepts_encoding(request, "br")) {
    encoding = &asset.brotli;
    coding = "br";
  } else if (!asset.gzip.bytes.empty() && accepts_encoding(request, "gzip")) {
    encoding = &asset.gzip;
    coding = "gzip";
  }

  Response response;
  response.set("Vary", "Accept-Encoding");
  if (is_missing_page) {
    response.status = 404;
  } else {
    response.set("ETag", encoding->etag);
  }
  // The first page shows the prices. The Link header loads them beside its script, which saves a
  // slow phone a round trip.
  if (request.path == "/") {
    response.set("Link", "</api/v1/catalog>; rel=preload; as=fetch; crossorigin=anonymous");
  }
  response.set("Cache-Control",
               asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (!is_missing_page && (names_etag(request, encoding->etag) || names_any_etag(request))) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", asset.type);
  if (!coding.empty()) response.set("Content-Encoding", coding);
  response.static_body = encoding->bytes;
  return response;
}

}  // namespace hss::api
