#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hss::domain {

/// What an upload is for: the photo of an item that a customer books; of what staff take over or
/// hand back; a document of a booking.
enum class UploadPurpose { item, handover, document };

inline constexpr std::array all_upload_purposes{UploadPurpose::item, UploadPurpose::handover,
                                                UploadPurpose::document};

std::string_view to_text(UploadPurpose purpose);
std::optional<UploadPurpose> find_upload_purpose(std::string_view text);

enum class UploadState {
  waiting,  ///< promised; its files may be there, and nobody has looked at them
  ready,    ///< its files are there and are what was promised; no booking has it yet
  claimed,  ///< a booking has it
  erasing,  ///< nobody may use it any more; its files are being erased
};

std::string_view to_text(UploadState state);
std::optional<UploadState> find_upload_state(std::string_view text);

/// The files of an upload: the photo or document, and a small picture of it.
enum class FileVariant { full, thumb };

inline constexpr std::array all_file_variants{FileVariant::full, FileVariant::thumb};

std::string_view to_text(FileVariant variant);
std::optional<FileVariant> find_file_variant(std::string_view text);

/// A file as its sender has promised it.
struct UploadFile {
  std::string content_type;
  std::int64_t size = 0;  ///< bytes
  std::string sha256;     ///< base64

  bool operator==(const UploadFile&) const = default;
};

inline constexpr std::string_view pdf_type = "application/pdf";

struct Upload {
  std::string id;  ///< `UPL-` and ten characters of Crockford base 32
  UploadPurpose purpose = UploadPurpose::item;
  UploadState state = UploadState::waiting;
  std::string owner;   ///< id of the account that sends it; empty in demo mode
  std::string holder;  ///< who it counts against: the account, or in demo mode an address
  std::optional<std::string> booking_id;  ///< that has it, or for which staff send it
  std::optional<int> item;                ///< Item::id of that booking
  UploadFile full;
  std::optional<UploadFile> thumb;
  int width = 0, height = 0;  ///< of the full picture, once it is ready; 0: no picture
  std::string created_at;     ///< RFC 3339
  /// RFC 3339. Unclaimed: it is erased unless it is claimed by then. Erasing: the next try. Empty
  /// once claimed.
  std::string due_at;

  bool is_unclaimed() const { return state == UploadState::waiting || state == UploadState::ready; }
  std::int64_t bytes() const { return full.size + (thumb ? thumb->size : 0); }
  /// The file of this variant; nullptr if it has none.
  const UploadFile* find_file(FileVariant variant) const {
    if (variant == FileVariant::full) return &full;
    return thumb ? &*thumb : nullptr;
  }
};

/// Keys of items that begin so name an upload; others mean nothing to the program.
inline constexpr std::string_view upload_key_prefix = "uploads/";

/// The key by which an item names the upload: `uploads/UPL-…`.
std::string key_of(std::string_view upload_id);

/// The id of the upload that the key names; empty for a key that names none.
std::optional<std::string_view> find_upload_id(std::string_view key);

inline constexpr std::size_t max_photos_of_item = 5;

/// How much may be sent, by whom, and how long it is kept.
struct UploadLimits {
  std::int64_t max_photo = 1024 * 1024;    ///< bytes
  std::int64_t max_thumb = 64 * 1024;      ///< bytes
  std::int64_t max_pdf = 5 * 1024 * 1024;  ///< bytes
  int max_unclaimed = 60;                  ///< of a holder, for each purpose
  std::int64_t max_unclaimed_bytes = 40 * 1024 * 1024;
  std::int64_t max_stored = std::int64_t{5} * 1024 * 1024 * 1024;  ///< bytes in the local store
  std::chrono::hours claimed_within{24};
  std::chrono::days kept_after_end{90};
};

/// The largest body of a request that sends a file.
inline constexpr std::size_t max_upload_body = 5 * 1024 * 1024;

}  // namespace hss::domain
