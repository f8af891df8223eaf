#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "domain/uploads/photo_check.h"

namespace hss::domain {

/// Each checks a file whose first bytes are those of its format, as check_file() promises.
PhotoCheck check_jpeg(std::string_view bytes);
PhotoCheck check_png(std::string_view bytes);
PhotoCheck check_webp(std::string_view bytes);
PhotoCheck check_pdf(std::string_view bytes);

/// Sentences that several formats say; `format` is its name, as "JPEG".
std::string cut_off(const std::string& format);
std::string damaged(const std::string& format, const std::string& where);
std::string has_more_behind(const std::string& format);
std::string has_metadata(const std::string& format, const std::string& metadata);
std::string is_animated(const std::string& format);

/// Notes the size of the picture; returns the sentence if it is 0 or beyond max_photo_side.
std::string note_size(std::uint32_t width, std::uint32_t height, PhotoCheck& check);

}  // namespace hss::domain
