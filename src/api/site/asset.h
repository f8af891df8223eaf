#pragma once

#include <deque>
#include <string>
#include <vector>

#include "api/http/base_path.h"
#include "api/http/request.h"
#include "api/http/response.h"
#include "assets/assets.h"

namespace hss::api {

/// The UI's files, as they are under a base path. Thread-safe.
class AssetFiles {
 public:
  explicit AssetFiles(const BasePath& base_path);

  /// Answers GET and HEAD: the best encoding that the client takes, 304 to a validator that holds.
  /// All pages of the UI are `/index.html`, which also tells people that there is no such page:
  /// then with 404. Throws Error{not_found} for a file that is not there. The answer's bytes live
  /// as long as this does.
  Response get(const Request& request) const;

 private:
  struct Found {
    const assets::Asset& asset;
    bool is_missing_page = false;
  };

  void keep_rewritten(const assets::Asset& asset, const BasePath& base_path);
  const assets::Asset* find(std::string_view path) const;
  Found get_file(const Request& request) const;

  std::deque<std::string> texts_;         ///< of those below
  std::vector<assets::Asset> rewritten_;  ///< in place of those of the same path
};

}  // namespace hss::api
