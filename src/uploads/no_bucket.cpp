#include "domain/error.h"
#include "uploads/bucket.h"

namespace hss::uploads {

bool knows_buckets() {
  return false;
}

std::unique_ptr<FileStore> open_bucket(const Bucket& bucket, domain::Clock,
                                       std::function<void(const std::string&)>) {
  throw domain::Error(domain::ErrorCode::unavailable,
                      "This hss cannot use the bucket " + bucket.name);
}

}  // namespace hss::uploads
