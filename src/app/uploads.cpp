#include "app/uploads.h"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/token_keys.h"
#include "crypto/digest.h"

namespace hss::app {
namespace {

/// The keys that sign addresses: those that sign tokens, in demo mode too, where nothing else needs
/// them. Reads them again when the data have changed. Thread-safe.
class AddressKeys {
 public:
  AddressKeys(const Config& config, domain::Store& store, domain::Clock now)
      : config_(config), store_(store), now_(std::move(now)) {}

  std::vector<std::string> get() {
    if (config_.token_key_source) return config_.token_key_source->keys();
    if (!config_.token_keys.empty()) return config_.token_keys;
    const std::uint64_t revision = store_.revision();
    const std::lock_guard lock(mutex_);
    if (read_at_ != revision) {
      keys_ = store_.read([&](domain::Reader& reader) { return list_token_keys(reader, now_()); });
      if (keys_.empty()) keys_ = token_keys(config_, store_, now_());
      read_at_ = revision;
    }
    return keys_;
  }

 private:
  const Config& config_;
  domain::Store& store_;
  const domain::Clock now_;
  std::mutex mutex_;
  std::optional<std::uint64_t> read_at_;
  std::vector<std::string> keys_;
};

std::string folder_of_process() {
  const std::string name = "hss-uploads-" + crypto::random_hex(8);
  return (std::filesystem::temp_directory_path() / name).string();
}

}  // namespace

std::unique_ptr<uploads::Uploads> open_uploads(const Config& config, domain::Store& store,
                                               const Environment& environment) {
  domain::UploadService service(environment.now, environment.random, config.upload_limits);
  if (config.bucket) {
    return std::unique_ptr<uploads::Uploads>(new uploads::Uploads{
        .service = std::move(service),
        .files = uploads::open_bucket(*config.bucket, environment.now, environment.report)});
  }
  if (config.uploads.empty()) return nullptr;
  const bool is_in_memory = config.uploads == ":memory:";
  const auto keys = std::make_shared<AddressKeys>(config, store, environment.now);
  auto local = std::make_unique<uploads::LocalFiles>(
      uploads::LocalFilesOptions{.folder = is_in_memory ? folder_of_process() : config.uploads,
                                 .is_temporary = is_in_memory,
                                 .token_keys = [keys] { return keys->get(); },
                                 .now = environment.now,
                                 .base_path = config.base_path,
                                 .limits = config.upload_limits});
  uploads::LocalFiles* const files = local.get();
  return std::unique_ptr<uploads::Uploads>(new uploads::Uploads{
      .service = std::move(service), .files = std::move(local), .local = files});
}

}  // namespace hss::app
