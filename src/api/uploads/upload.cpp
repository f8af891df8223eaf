#include "api/uploads/upload.h"

#include <nlohmann/json.hpp>

#include "api/http/json.h"
#include "api/uploads/upload_json.h"
#include "auth/rate_limiter.h"
#include "crypto/base64.h"
#include "crypto/digest.h"
#include "domain/error.h"
#include "domain/uploads/photo_check.h"

namespace hss::api {
namespace {

using domain::Error;
using domain::ErrorCode;
using domain::Upload;
using domain::UploadState;

/// Who an upload counts against. In demo mode a request can name any account, and all customers
/// are the same one.
std::string holder_of(const Request& request) {
  const domain::Principal& principal = request.principal;
  if (principal.auth_method != domain::AuthMethod::by_role) return principal.account_id;
  return "from " + auth::network_of(request.client_address);
}

Response no_store(Response response) {
  response.set("Cache-Control", "no-store");
  return response;
}

Json completed_json(const Upload& upload) {
  return {{"upload_id", upload.id},
          {"state", domain::to_text(UploadState::ready)},
          {"content_type", upload.full.content_type},
          {"bytes", upload.full.size},
          {"width", upload.width},
          {"height", upload.height}};
}

Error rejection(const uploads::StoredFile& file, const std::string& why) {
  return {ErrorCode::upload_refused,
          "The file was refused",
          {std::string(domain::to_text(file.variant)) + ": " + why}};
}

/// Throws Error{conflict} if the file is not there, and Error{upload_refused} if it is not what was
/// promised, or has what no photo may have.
domain::PixelSize check_file(const uploads::StoredFile& file, uploads::FileStore& store,
                             domain::Documents documents) {
  const auto bytes = store.read(file);
  if (!bytes) {
    throw Error(ErrorCode::conflict, "The file " + std::string(domain::to_text(file.variant)) +
                                         " of " + file.upload_id +
                                         " is not there yet; send it first");
  }
  const bool is_promised = bytes->size() == static_cast<std::size_t>(file.promise.size) &&
                           crypto::to_base64(crypto::sha256(*bytes)) == file.promise.sha256;
  if (!is_promised) throw rejection(file, "it has other bytes than were promised");
  const domain::PhotoCheck check = domain::check_file(*bytes, file.promise.content_type, documents);
  if (!check.is_accepted()) throw rejection(file, check.rejection);
  return {.width = check.width, .height = check.height};
}

domain::PixelSize check_files(const Upload& upload, uploads::Uploads& uploads) {
  const auto documents = upload.purpose == domain::UploadPurpose::document
                             ? domain::Documents::accepted
                             : domain::Documents::rejected;
  domain::PixelSize size;
  try {
    for (const uploads::StoredFile& file : files_of(upload)) {
      const auto found = check_file(file, *uploads.files, documents);
      if (file.variant == domain::FileVariant::full) size = found;
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::upload_refused) ++uploads.rejected;
    throw;
  }
  return size;
}

Upload read_own(const Request& request, const Services& services, uploads::Uploads& uploads) {
  return services.store.read([&](domain::Reader& reader) {
    return uploads.service.get_own(reader, request.parameter("id"), request.principal);
  });
}

}  // namespace

Command presign_upload(const Request& request, const Services& services) {
  uploads::Uploads& uploads = get_uploads(services);
  const auto wanted =
      domain::validate(upload_form_of(parse_object(request)), uploads.service.limits());
  const Upload upload = uploads.service.promise(wanted, holder_of(request), request.principal);
  request.before_wait();
  uploads.files->require_room();
  return
      [&request, &uploads, upload, answer = promise_json(upload, *uploads.files)](domain::Tx& tx) {
        uploads.service.add(tx, upload, uploads.files->max_bytes(), request.caller());
        return no_store(json_response(201, answer, request));
      };
}

Response presign_again(const Request& request, const Services& services) {
  uploads::Uploads& uploads = get_uploads(services);
  parse_object(request, true);
  const Upload upload = read_own(request, services, uploads);
  if (upload.state != UploadState::waiting) {
    throw Error(ErrorCode::conflict, upload.id + " is complete; nothing more is sent for it");
  }
  request.before_wait();
  uploads.files->require_room();
  return no_store(json_response(200, promise_json(upload, *uploads.files), request));
}

Command complete_upload(const Request& request, const Services& services) {
  uploads::Uploads& uploads = get_uploads(services);
  parse_object(request, true);
  const Upload upload = read_own(request, services, uploads);
  domain::PixelSize size;
  if (upload.state == UploadState::waiting) {
    request.before_wait();
    size = check_files(upload, uploads);
  }
  return [&request, &uploads, size](domain::Tx& tx) {
    const Upload completed =
        uploads.service.complete(tx, request.parameter("id"), size, request.caller());
    return json_response(200, completed_json(completed), request);
  };
}

Command delete_upload(const Request& request, const Services& services) {
  uploads::Uploads& uploads = get_uploads(services);
  return [&request, &uploads](domain::Tx& tx) {
    const std::string& id = request.parameter("id");
    uploads.service.erase(tx, id, request.caller());
    return json_response(200, {{"upload_id", id}, {"deleted", true}}, request);
  };
}

Response list_photos(const Request& request, const Services& services) {
  uploads::Uploads& uploads = get_uploads(services);
  const auto claimed = services.store.read([&](domain::Reader& reader) {
    const auto booking = reader.bookings().get(request.parameter("id"), request.principal);
    return reader.uploads().list_claimed(booking.id);
  });
  request.before_wait();
  Json photos = Json::array();
  for (const Upload& upload : claimed) {
    const auto full =
        uploads.files->link_to_get({upload.id, domain::FileVariant::full, upload.full});
    Json photo{{"item", upload.item ? Json(*upload.item) : Json()},
               {"upload_id", upload.id},
               {"purpose", domain::to_text(upload.purpose)},
               {"content_type", upload.full.content_type},
               {"bytes", upload.full.size},
               {"width", upload.width},
               {"height", upload.height},
               {"url", full.url},
               {"thumbnail_url", Json()},
               {"expires_at", domain::to_rfc3339(full.expires_at)}};
    if (upload.thumb) {
      photo["thumbnail_url"] =
          uploads.files->link_to_get({upload.id, domain::FileVariant::thumb, *upload.thumb}).url;
    }
    photos.push_back(std::move(photo));
  }
  return no_store(json_response(200, Json{{"photos", std::move(photos)}}, request));
}

}  // namespace hss::api
