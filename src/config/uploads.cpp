#include "config/uploads.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>

#include "config/checks.h"
#include "platform/paths.h"
#include "uploads/bucket.h"

namespace hss {
namespace {

/// A disk instead would lose the photos, or be one of several.
void take_bucket(Config& config, const GivenOptions& given) {
  const char* const option = "--presigned-uploads";
  if (!uploads::knows_buckets()) {
    throw CLI::ValidationError(option, "this hss was built without S3 (HSS_WITH_S3)");
  }
  if (given.bucket.name.empty()) {
    throw CLI::ValidationError(option, "name the bucket in --s3-bucket or S3_BUCKET");
  }
  if (!given.uploads.empty()) {
    throw CLI::ValidationError("--uploads",
                               "photos are in a bucket (--presigned-uploads); leave"
                               " one of the two out");
  }
  const std::string& prefix = given.bucket.prefix;
  const bool is_path = std::all_of(prefix.begin(), prefix.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '/';
  });
  if (!is_path || prefix.starts_with('/') || prefix.find("//") != prefix.npos ||
      ("/" + prefix).find("/.") != prefix.npos) {
    throw CLI::ValidationError("--s3-prefix", prefix + " is no beginning of a key; write hss/");
  }
  config.bucket = given.bucket;
  checked(option, [&] {
    uploads::open_bucket(*config.bucket, std::chrono::system_clock::now, [](const auto&) {});
  });
}

}  // namespace

// A function's disk goes with it, and each instance on a database server has another one.
void check_uploads(Config& config, const GivenOptions& given) {
  constexpr std::int64_t gibibyte = std::int64_t{1} << 30;
  config.upload_limits.max_stored = given.uploads_max * gibibyte;
  config.upload_limits.kept_after_end = std::chrono::days(given.uploads_keep_days);
  // A demo's photos go with it.
  const bool is_demo = config.command == Config::Command::demo;
  if (given.has_presigned_uploads && !is_demo) return take_bucket(config, given);
  if (given.uploads == "off") return;
  if (!given.uploads.empty()) {
    config.uploads = checked("--uploads", [&] { return expand_home(given.uploads); });
    require_file_name("--uploads", config.uploads);
    return;
  }
  if (config.server || config.command == Config::Command::lambda) return;
  config.uploads = config.is_in_memory() ? config.db : config.db + ".uploads";
}

}  // namespace hss
