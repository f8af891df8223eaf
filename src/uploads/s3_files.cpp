#include <chrono>
#include <string>
#include <utility>

#include "aws/s3.h"
#include "domain/error.h"
#include "uploads/bucket.h"

namespace hss::uploads {
namespace {

using domain::Error;
using domain::ErrorCode;

class S3Files final : public FileStore {
 public:
  S3Files(const Bucket& bucket, domain::Clock now, std::function<void(const std::string&)> report)
      : prefix_(bucket.prefix),
        now_(std::move(now)),
        report_(std::move(report)),
        s3_(aws::s3_options(bucket.name, aws::variable_of_process), aws::variable_of_process,
            now_) {}

  Link link_to_put(const StoredFile& file) override {
    return ask("No address to send photos to can be made now", [&] {
      const auto signed_url =
          s3_.presign_put(key_of(file.upload_id, file.variant),
                          {{"Content-Type", file.promise.content_type},
                           {"Content-Length", std::to_string(file.promise.size)},
                           {"If-None-Match", "*"},
                           {"x-amz-checksum-sha256", file.promise.sha256}},
                          now_(), put_lasts);
      return Link{.url = signed_url.url, .expires_at = signed_url.expires_at};
    });
  }

  Link link_to_get(const StoredFile& file) override {
    const bool is_document = file.promise.content_type == domain::pdf_type;
    return ask("No address to fetch photos at can be made now", [&] {
      const auto signed_url =
          s3_.presign_get(key_of(file.upload_id, file.variant),
                          {{"response-cache-control", "private, max-age=600, immutable"},
                           {"response-content-disposition",
                            (is_document ? "attachment; filename=\"" : "inline; filename=\"") +
                                file.upload_id + (is_document ? ".pdf\"" : "\"")},
                           {"response-content-type", file.promise.content_type}},
                          link_begins(now_()), get_lasts);
      return Link{.url = signed_url.url, .expires_at = signed_url.expires_at};
    });
  }

  std::optional<std::string> read(const StoredFile& file) override {
    return ask("The bucket of photos cannot be read now", [&] {
      return s3_.get(key_of(file.upload_id, file.variant),
                     static_cast<std::size_t>(file.promise.size));
    });
  }

  void erase(const std::string& upload_id) override {
    ask("The files of " + upload_id + " cannot be erased now", [&] {
      for (const domain::FileVariant variant : domain::all_file_variants) {
        s3_.remove(key_of(upload_id, variant));
      }
    });
  }

  void require_room() override {}
  std::optional<std::int64_t> max_bytes() const override { return std::nullopt; }
  std::string origin() const override { return s3_.origin(); }
  std::optional<std::string> find_problem() override { return s3_.find_problem(); }

 private:
  std::string key_of(const std::string& upload_id, domain::FileVariant variant) const {
    return prefix_ + domain::key_of(upload_id) + "/" + std::string(domain::to_text(variant));
  }

  /// What the service says is for the operator alone.
  template <class Ask>
  auto ask(const std::string& failure, const Ask& ask) -> decltype(ask()) {
    try {
      return ask();
    } catch (const Error& error) {
      report_("photos: " + std::string(error.what()));
      throw Error(ErrorCode::unavailable, failure + "; please try again");
    }
  }

  const std::string prefix_;
  const domain::Clock now_;
  const std::function<void(const std::string&)> report_;
  aws::S3 s3_;
};

}  // namespace

bool knows_buckets() {
  return true;
}

std::unique_ptr<FileStore> open_bucket(const Bucket& bucket, domain::Clock now,
                                       std::function<void(const std::string&)> report) {
  return std::make_unique<S3Files>(bucket, std::move(now), std::move(report));
}

}  // namespace hss::uploads
