#include "api/asset.h"

#include "api/etag.h"
#include "api/header_list.h"
#include "assets/assets.h"
#include "domain/error.h"
#include "domain/text.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;

/// Whether Accept-Encoding takes the coding: named, and not with a weight of nought.
bool accepts(const Request& request, std::string_view coding) {
  return any_member(request.find_header("Accept-Encoding"), [&](std::string_view member) {
    const auto semicolon = member.find(';');
    if (domain::to_lower(domain::trim(member.substr(0, semicolon))) != coding) return false;
    if (semicolon == member.npos) return true;
    const auto weight = domain::trim(member.substr(semicolon + 1));
    return !(weight.starts_with("q=0") && weight.find_first_of("123456789") == weight.npos);
  });
}

const assets::Asset& asset_of(const Request& request) {
  const std::string_view last =
      request.segments.empty() ? std::string_view() : request.segments.back();
  const bool is_page = last.find('.') == last.npos;
  const assets::Asset* asset = assets::find(is_page ? "/index.html" : request.path);
  if (asset == nullptr)
    throw Error(ErrorCode::not_found, "There is nothing at " + domain::excerpt(request.path));
  return *asset;
}

}  // namespace

Response get_asset(const Request& request) {
  const assets::Asset& asset = asset_of(request);
  const assets::Encoding* encoding = &asset.identity;
  std::string_view coding;
  if (!asset.brotli.bytes.empty() && accepts(request, "br")) {
    encoding = &asset.brotli;
    coding = "br";
  } else if (!asset.gzip.bytes.empty() && accepts(request, "gzip")) {
    encoding = &asset.gzip;
    coding = "gzip";
  }

  Response response;
  response.set("ETag", encoding->etag);
  response.set("Vary", "Accept-Encoding");
  // The first page shows the prices: asked for beside its script, they spare a slow phone a round
  // trip.
  if (request.path == "/") {
    response.set("Link", "</api/v1/catalog>; rel=preload; as=fetch; crossorigin=anonymous");
  }
  response.set("Cache-Control",
               asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  if (names_etag(request, encoding->etag) || names_any_etag(request)) {
    response.status = 304;
    return response;
  }
  response.set("Content-Type", asset.type);
  if (!coding.empty()) response.set("Content-Encoding", coding);
  response.static_body = encoding->bytes;
  return response;
}

}  // namespace hss::api
