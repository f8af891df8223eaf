#include "config/libraries.h"

#include <httplib.h>
#include <openssl/crypto.h>
#include <spdlog/version.h>
#include <utf8proc.h>
#include <zlib.h>

#include <CLI/Version.hpp>
#include <nlohmann/json.hpp>

#include "storage/open_store.h"

namespace hss {
namespace {

std::string dotted(int major, int minor, int patch) {
  return std::to_string(major) + '.' + std::to_string(minor) + '.' + std::to_string(patch);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> library_versions() {
  std::vector<std::pair<std::string, std::string>> versions = storage::library_versions();
  versions.insert(
      versions.end(),
      {{"OpenSSL", ::OpenSSL_version(OPENSSL_VERSION_STRING)},
       {"zlib", ::zlibVersion()},
       {"utf8proc", ::utf8proc_version()},
       {"cpp-httplib", CPPHTTPLIB_VERSION},
       {"nlohmann/json", dotted(NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR,
                                NLOHMANN_JSON_VERSION_PATCH)},
       {"spdlog", dotted(SPDLOG_VER_MAJOR, SPDLOG_VER_MINOR, SPDLOG_VER_PATCH)},
       {"CLI11", CLI11_VERSION}});
  return versions;
}

}  // namespace hss
