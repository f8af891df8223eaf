#pragma once

#include <string>
#include <string_view>

namespace hss::domain {

/// The longest side that a photo may have, in pixels.
constexpr int max_photo_side = 4096;

/// What a file is, as its own bytes tell, or why it is rejected.
struct PhotoCheck {
  /// The media type that was found; empty if it is none that is ever accepted.
  std::string type;
  /// In pixels; 0 for a PDF, and where the file is rejected before they are known.
  int width = 0;
  int height = 0;
  /// A sentence for the person who chose the file; empty if it is accepted.
  std::string rejection;

  bool is_accepted() const { return rejection.empty(); }
};

enum class Documents { rejected, accepted };

/// Walks the structure of a JPEG, PNG, WebP or, where documents are accepted, PDF file; it decodes
/// no picture. Accepts what a browser shows as one still picture of at most max_photo_side, with
/// nothing in it that could name a place, a time or a person (Exif, XMP, texts), and nothing before
/// or behind it. Takes time in proportion to the file's size. Needs no lock.
PhotoCheck check_file(std::string_view bytes, std::string_view declared_type,
                      Documents documents = Documents::rejected);

}  // namespace hss::domain
