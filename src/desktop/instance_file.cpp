#include "desktop/instance_file.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "crypto/digest.h"
#include "platform/files.h"

namespace hss::desktop {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t max_bytes = 4096;

std::string secret_in(const std::string& path) {
  const auto instance = read_instance(path);
  return instance ? instance->secret : "";
}

}  // namespace

std::optional<Instance> read_instance(const std::string& path) {
  platform::File file;
  std::string text;
  if (file.open(path, platform::File::Mode::read) || file.read(max_bytes, text)) {
    return std::nullopt;
  }
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  const auto number = [&](const char* member) -> std::uint64_t {
    const auto found = object.find(member);
    return found != object.end() && found->is_number_unsigned() ? found->get<std::uint64_t>() : 0;
  };
  const std::uint64_t port = number("port");
  const auto secret = object.find("secret");
  if (port == 0 || port > 65535 || secret == object.end() || !secret->is_string()) {
    return std::nullopt;
  }
  return Instance{.port = static_cast<int>(port),
                  .process = number("pid"),
                  .secret = secret->get<std::string>()};
}

InstanceFile::Claim InstanceFile::claim(const Instance& instance) {
  if (path_.empty()) return Claim::impossible;
  std::error_code failure;
  fs::create_directories(fs::path(path_).parent_path(), failure);
  const std::string draft = path_ + "." + crypto::random_hex(8);
  const json object{
      {"port", instance.port}, {"pid", instance.process}, {"secret", instance.secret}};
  {
    platform::File file;
    failure = file.open(draft, platform::File::Mode::create);
    if (failure) return Claim::impossible;
    failure = file.write(object.dump() + "\n");
  }
  if (!failure) failure = platform::rename_to_new(draft, path_);
  if (!failure) {
    secret_ = instance.secret;
    return Claim::done;
  }
  std::error_code ignored;
  fs::remove(draft, ignored);
  return failure == std::errc::file_exists ? Claim::taken : Claim::impossible;
}

InstanceFile::~InstanceFile() {
  if (!secret_.empty()) remove_stale_instance(path_, secret_);
}

void remove_stale_instance(const std::string& path, const std::string& secret) {
  if (secret_in(path) != secret) return;
  // Another process may have replaced it a moment ago: what was taken away is looked at once more.
  const std::string aside = path + "." + crypto::random_hex(8);
  if (platform::rename_to_new(path, aside)) return;
  if (secret_in(aside) != secret) platform::rename_to_new(aside, path);
  std::error_code ignored;
  fs::remove(aside, ignored);
}

}  // namespace hss::desktop
