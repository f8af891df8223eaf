#include "domain/uploads/upload_form.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "domain/error.h"
#include "domain/reference.h"
#include "domain/validation/validation_errors.h"

namespace hss::domain {
namespace {

constexpr std::array<std::string_view, 3> photo_types{"image/jpeg", "image/png", "image/webp"};

template <class Names>
std::string list_of(const Names& names) {
  std::string list;
  for (const auto name : names) {
    list += (list.empty() ? "'" : ", '") + std::string(name) + "'";
  }
  return "[" + list + "]";
}

template <class Values>
std::string one_of(const std::string& where, const Values& values) {
  std::vector<std::string_view> names;
  for (const auto value : values) names.push_back(to_text(value));
  return where + " must be one of " + list_of(names);
}

UploadPurpose purpose_of(const Field<std::string>& field, ValidationErrors& errors) {
  const auto purpose = field.value() ? find_upload_purpose(*field.value()) : std::nullopt;
  if (!purpose) errors.add(one_of("purpose", all_upload_purposes));
  return purpose.value_or(UploadPurpose::item);
}

std::optional<std::string> booking_of(const Field<std::string>& field, UploadPurpose purpose,
                                      ValidationErrors& errors) {
  if (purpose == UploadPurpose::item) {
    if (!field.is_absent()) errors.add("booking_id is for the purposes handover and document");
    return std::nullopt;
  }
  const auto booking_id = field.value() ? parse_reference(*field.value()) : std::nullopt;
  if (!booking_id) errors.add("booking_id must be the reference of a booking");
  return booking_id;
}

/// True for the base64 of 32 bytes, which has one text only.
bool is_sha256(std::string_view text) {
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  // The last character but one has four bits of the hash, and two that are 0.
  constexpr std::string_view last = "AEIMQUYcgkosw048";
  return text.size() == 44 && text.find_first_not_of(alphabet) == 43 && text[43] == '=' &&
         last.find(text[42]) != last.npos;
}

std::string type_of(const std::string& where, const Field<std::string>& field,
                    UploadPurpose purpose, ValidationErrors& errors) {
  const std::string type = field.value() ? *field.value() : "";
  if (purpose == UploadPurpose::document) {
    if (type != pdf_type)
      errors.add(where + ".content_type must be '" + std::string(pdf_type) + "'");
  } else if (std::find(photo_types.begin(), photo_types.end(), type) == photo_types.end()) {
    errors.add(where + ".content_type must be one of " + list_of(photo_types));
  }
  return type;
}

std::int64_t size_of(const std::string& where, const Field<double>& field,
                     ValidationErrors& errors) {
  constexpr double largest = 1e12;
  const double* size = field.value();
  if (size == nullptr || *size != std::floor(*size) || *size < 1 || *size > largest) {
    errors.add(where + ".size must be the number of bytes");
    return 1;
  }
  return static_cast<std::int64_t>(*size);
}

UploadFile file_of(const std::string& where, const UploadFileForm& form, UploadPurpose purpose,
                   ValidationErrors& errors) {
  const std::string sha256 = form.sha256.value() ? *form.sha256.value() : "";
  if (!is_sha256(sha256)) errors.add(where + ".sha256 must be the file's SHA-256 in base64");
  return {.content_type = type_of(where, form.content_type, purpose, errors),
          .size = size_of(where, form.size, errors),
          .sha256 = sha256};
}

void take_files(const Field<std::vector<Field<UploadFileForm>>>& field, UploadRequest& request,
                ValidationErrors& errors) {
  if (!field.value()) {
    errors.add(field.is_absent() ? "files is required" : "files must be a list");
    return;
  }
  if (field.value()->size() > all_file_variants.size()) {
    errors.add("files must contain at most 2 entries");
    return;
  }
  std::optional<UploadFile> full;
  std::size_t number = 0;
  for (const Field<UploadFileForm>& form : *field.value()) {
    const std::string where = "files[" + std::to_string(++number) + "]";
    if (!form.value()) {
      errors.add(where + " must be an object");
      continue;
    }
    const auto& word = form.value()->variant;
    const auto variant = word.value() ? find_file_variant(*word.value()) : std::nullopt;
    if (!variant) {
      errors.add(one_of(where + ".variant", all_file_variants));
      continue;
    }
    auto& file = *variant == FileVariant::full ? full : request.thumb;
    if (file) errors.add(where + ".variant is there twice");
    file = file_of(where, *form.value(), request.purpose, errors);
  }
  if (!full) {
    errors.add("files must contain the variant 'full'");
    return;
  }
  if (request.thumb && request.purpose == UploadPurpose::document) {
    errors.add("files must not contain the variant 'thumb' for a document");
  }
  request.full = *std::move(full);
}

void require_size(const char* what, const UploadFile& file, std::int64_t max) {
  if (file.size <= max) return;
  throw Error(ErrorCode::payload_too_large,
              std::string(what) + " may have " + std::to_string(max) + " bytes at most",
              {"max_bytes=" + std::to_string(max)});
}

}  // namespace

UploadRequest validate(const UploadForm& form, const UploadLimits& limits) {
  ValidationErrors errors;
  UploadRequest request;
  request.purpose = purpose_of(form.purpose, errors);
  request.booking_id = booking_of(form.booking_id, request.purpose, errors);
  take_files(form.files, request, errors);
  errors.throw_if_any("The upload has faults");
  if (request.purpose == UploadPurpose::document) {
    require_size("A document", request.full, limits.max_pdf);
  } else {
    require_size("A photo", request.full, limits.max_photo);
  }
  if (request.thumb) require_size("A thumbnail", *request.thumb, limits.max_thumb);
  return request;
}

}  // namespace hss::domain
