#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/uploads/upload.h"
#include "domain/validation/field.h"

namespace hss::domain {

struct UploadFileForm {
  Field<std::string> variant, content_type, sha256;
  Field<double> size;
};

/// An unchecked request for an upload.
struct UploadForm {
  Field<std::string> purpose, booking_id;
  Field<std::vector<Field<UploadFileForm>>> files;  ///< an entry is a wrong type if it is no object
};

/// A checked request.
struct UploadRequest {
  UploadPurpose purpose = UploadPurpose::item;
  std::optional<std::string> booking_id;  ///< for a photo or document of staff
  UploadFile full;
  std::optional<UploadFile> thumb;
};

/// Throws Error{validation_error} whose details name every error, and Error{payload_too_large} with
/// the limit in its details for a file that is larger than the limits allow.
UploadRequest validate(const UploadForm& form, const UploadLimits& limits);

}  // namespace hss::domain
