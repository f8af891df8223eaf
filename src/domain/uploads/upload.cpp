#include "domain/uploads/upload.h"

#include "domain/enum_names.h"

namespace hss::domain {
namespace {

constexpr EnumNames<UploadPurpose, 3> purposes{{"item", "handover", "document"}};
constexpr EnumNames<UploadState, 4> states{{"waiting", "ready", "claimed", "erasing"}};
constexpr EnumNames<FileVariant, 2> variants{{"full", "thumb"}};

}  // namespace

std::string_view to_text(UploadPurpose purpose) {
  return purposes[purpose];
}

std::optional<UploadPurpose> find_upload_purpose(std::string_view text) {
  return purposes.find(text);
}

std::string_view to_text(UploadState state) {
  return states[state];
}

std::optional<UploadState> find_upload_state(std::string_view text) {
  return states.find(text);
}

std::string_view to_text(FileVariant variant) {
  return variants[variant];
}

std::optional<FileVariant> find_file_variant(std::string_view text) {
  return variants.find(text);
}

std::string key_of(std::string_view upload_id) {
  return std::string(upload_key_prefix) + std::string(upload_id);
}

std::optional<std::string_view> find_upload_id(std::string_view key) {
  if (!key.starts_with(upload_key_prefix)) return std::nullopt;
  return key.substr(upload_key_prefix.size());
}

}  // namespace hss::domain
