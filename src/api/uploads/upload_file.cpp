#include "api/uploads/upload_file.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "api/http/json.h"
#include "api/uploads/upload_json.h"
#include "crypto/base64.h"
#include "crypto/digest.h"
#include "domain/error.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;
using domain::UploadState;

uploads::LocalFiles& get_local(const Services& services) {
  uploads::Uploads& uploads = get_uploads(services);
  if (uploads.local != nullptr) return *uploads.local;
  throw Error(ErrorCode::not_found, "The files of this server are elsewhere");
}

struct Found {
  uploads::StoredFile file;
  UploadState state = UploadState::waiting;
};

/// The file that the address names, if the address was given out for it. Whoever has no such
/// address does not learn whether there is one.
std::optional<Found> find_signed(const Request& request, const Services& services,
                                 const uploads::LocalFiles& local, std::string_view method) {
  const auto upload = services.store.read(
      [&](domain::Reader& reader) { return reader.uploads().find(request.parameter("id")); });
  const auto variant = domain::find_file_variant(request.parameter("variant"));
  const domain::UploadFile* promise = upload && variant ? upload->find_file(*variant) : nullptr;
  Found found;
  found.file.upload_id = request.parameter("id");
  if (promise != nullptr) {
    found.file.variant = *variant;
    found.file.promise = *promise;
    found.state = upload->state;
  }
  const std::string* expires = request.find_query("expires");
  const std::string* signature = request.find_query("signature");
  local.require_signature(method, found.file, expires ? *expires : "", signature ? *signature : "");
  if (promise == nullptr || found.state == UploadState::erasing) return std::nullopt;
  return found;
}

void require_header(const Request& request, std::string_view name, std::string_view value) {
  const std::string* header = request.find_header(name);
  if (header != nullptr && *header == value && request.count_headers(name) == 1) return;
  throw Error(ErrorCode::forbidden, "This address is for requests with the header " +
                                        std::string(name) + ": " + std::string(value));
}

void require_promised_bytes(const Request& request, const uploads::StoredFile& file) {
  const auto size = static_cast<std::size_t>(file.promise.size);
  if (request.body.size() > size) {
    throw Error(ErrorCode::payload_too_large, "The file has more bytes than were promised",
                {"max_bytes=" + std::to_string(size)});
  }
  if (request.body.size() == size &&
      crypto::to_base64(crypto::sha256(request.body)) == file.promise.sha256) {
    return;
  }
  throw Error(
      ErrorCode::upload_refused, "The file was refused",
      {std::string(domain::to_text(file.variant)) + ": it has other bytes than were promised"});
}

/// What a browser does with it if somebody opens the address itself.
std::string disposition_of(const uploads::StoredFile& file) {
  const std::string& type = file.promise.content_type;
  const bool is_document = type == domain::pdf_type;
  return std::string(is_document ? "attachment" : "inline") + "; filename=\"" + file.upload_id +
         "." + type.substr(type.find('/') + 1) + "\"";
}

}  // namespace

Response put_upload_file(const Request& request, const Services& services) {
  uploads::LocalFiles& local = get_local(services);
  const auto found = find_signed(request, services, local, "PUT");
  if (!found) throw Error(ErrorCode::not_found, "There is no such upload any more");
  const uploads::StoredFile& file = found->file;
  require_header(request, "Content-Type", file.promise.content_type);
  require_header(request, "x-amz-checksum-sha256", file.promise.sha256);
  require_header(request, "If-None-Match", "*");
  try {
    require_promised_bytes(request, file);
  } catch (const Error&) {
    ++services.uploads->rejected;
    throw;
  }
  request.before_wait();
  local.require_room();
  const bool is_new = found->state == UploadState::waiting &&
                      local.write(file, request.body) == uploads::LocalFiles::Written::now;
  if (!is_new) throw Error(ErrorCode::precondition_failed, "This file was sent already");
  return json_response(
      201, {{"upload_id", file.upload_id}, {"variant", domain::to_text(file.variant)}}, request);
}

Response get_upload_file(const Request& request, const Services& services) {
  uploads::LocalFiles& local = get_local(services);
  const auto found = find_signed(request, services, local, "GET");
  request.before_wait();
  auto bytes =
      found && found->state != UploadState::waiting ? local.load(found->file) : std::nullopt;
  if (!bytes) throw Error(ErrorCode::not_found, "This photo is not available");
  Response response{.status = 200, .headers = {}, .body = *std::move(bytes), .static_body = {}};
  response.set("Content-Type", found->file.promise.content_type);
  response.set("Content-Disposition", disposition_of(found->file));
  response.set("Content-Security-Policy", "default-src 'none'; sandbox");
  response.set("Cache-Control", "private, max-age=600, immutable");
  return response;
}

}  // namespace hss::api
