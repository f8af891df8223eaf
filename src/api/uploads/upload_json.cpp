#include "api/uploads/upload_json.h"

#include <nlohmann/json.hpp>

#include "domain/clock.h"
#include "domain/error.h"

namespace hss::api {
namespace {

using domain::Field;
using domain::UploadFileForm;

UploadFileForm file_form_of(const ClientJson& object) {
  return {.variant = text_field(object, "variant"),
          .content_type = text_field(object, "content_type"),
          .sha256 = text_field(object, "sha256"),
          .size = number_field(object, "size")};
}

}  // namespace

uploads::Uploads& get_uploads(const Services& services) {
  if (services.uploads != nullptr) return *services.uploads;
  throw domain::Error(domain::ErrorCode::not_found, "This server takes no photos or documents");
}

domain::UploadForm upload_form_of(const ClientJson& object) {
  domain::UploadForm form{.purpose = text_field(object, "purpose"),
                          .booking_id = text_field(object, "booking_id")};
  const auto found = object.find("files");
  if (found == object.end() || found->is_null()) return form;
  using Files = std::vector<Field<UploadFileForm>>;
  if (!found->is_array()) {
    form.files = Field<Files>::wrong_type();
    return form;
  }
  Files files;
  for (const ClientJson& file : *found) {
    files.push_back(file.is_object() ? Field(file_form_of(file))
                                     : Field<UploadFileForm>::wrong_type());
  }
  form.files = std::move(files);
  return form;
}

std::vector<uploads::StoredFile> files_of(const domain::Upload& upload) {
  std::vector<uploads::StoredFile> files;
  for (const domain::FileVariant variant : domain::all_file_variants) {
    const domain::UploadFile* file = upload.find_file(variant);
    if (file != nullptr) files.push_back({upload.id, variant, *file});
  }
  return files;
}

Json promise_json(const domain::Upload& upload, uploads::FileStore& store) {
  Json files = Json::array();
  for (const uploads::StoredFile& file : files_of(upload)) {
    const uploads::Link link = store.link_to_put(file);
    files.push_back({{"variant", domain::to_text(file.variant)},
                     {"method", "PUT"},
                     {"url", link.url},
                     {"headers",
                      {{"Content-Type", file.promise.content_type},
                       {"x-amz-checksum-sha256", file.promise.sha256},
                       {"If-None-Match", "*"}}},
                     {"expires_at", domain::to_rfc3339(link.expires_at)}});
  }
  return {{"upload_id", upload.id},
          {"s3_key", domain::key_of(upload.id)},
          {"state", domain::to_text(domain::UploadState::waiting)},
          {"claim_by", upload.due_at},
          {"files", std::move(files)}};
}

}  // namespace hss::api
