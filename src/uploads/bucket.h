#pragma once

#include <functional>
#include <memory>
#include <string>

#include "domain/clock.h"
#include "uploads/file_store.h"

namespace hss::uploads {

/// Where the files of uploads are in an S3 service.
struct Bucket {
  std::string name;
  std::string prefix;  ///< before every key
};

/// True if this build can keep files in one.
bool knows_buckets();

/// Files in a bucket: browsers send and fetch them there, at addresses that this program signs. The
/// region, the service's address and the credentials are those of AWS's own variables and files.
/// Reports to `report` what the service answers. Asks nobody yet. Throws Error{unavailable} with a
/// sentence if the bucket, its region or that address is none.
std::unique_ptr<FileStore> open_bucket(const Bucket& bucket, domain::Clock now,
                                       std::function<void(const std::string&)> report);

}  // namespace hss::uploads
