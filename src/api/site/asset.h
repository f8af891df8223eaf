#pragma once

#include <deque>
#include <string>
#include <vector>

#include "api/http/base_path.h"
#include "api/http/request.h"
#include "api/http/response.h"
#include "assets/assets.h"

namespace hss::api {

/// The UI's files, rewritten for the base path. Thread-safe.
class AssetFiles {
 public:
  explicit AssetFiles(const BasePath& base_path);

  /// Answers GET and HEAD with the best encoding that the client accepts, and with 304 for a
  /// validator that matches. All pages of the UI are `/index.html`, which also renders "Page not
  /// found", with status 404. Throws Error{not_found} for a file that does not exist. The
  /// response's bytes live as long as this object.
  Response get(const Request& request) const;

 private:
  struct Found {
    const assets::Asset& asset;
    bool is_missing_page = false;
  };

  void keep_rewritten(const assets::Asset& asset, const BasePath& base_path);
  const assets::Asset* find(std::string_view path) const;
  Found get_file(const Request& request) const;

  std::deque<std::string> texts_;         ///< texts of the files below
  std::vector<assets::Asset> rewritten_;  ///< replace the embedded files of the same path
};

}  // namespace hss::api
