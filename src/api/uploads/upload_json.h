#pragma once

#include <vector>

#include "api/http/json.h"
#include "api/http/request.h"
#include "api/services.h"
#include "domain/uploads/upload.h"
#include "domain/uploads/upload_form.h"
#include "uploads/uploads.h"

namespace hss::api {

/// Throws Error{not_found} if this server takes none.
uploads::Uploads& get_uploads(const Services& services);

domain::UploadForm upload_form_of(const ClientJson& object);

/// The upload's files, as a store names them.
std::vector<uploads::StoredFile> files_of(const domain::Upload& upload);

/// The answer to whoever may send these files: where to, and until when. May wait for the store.
Json promise_json(const domain::Upload& upload, uploads::FileStore& files);

}  // namespace hss::api
