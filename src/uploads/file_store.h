#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "domain/clock.h"
#include "domain/uploads/upload.h"

namespace hss::uploads {

/// A file of an upload. A store names it by the upload's id and the variant.
struct StoredFile {
  std::string upload_id;
  domain::FileVariant variant = domain::FileVariant::full;
  domain::UploadFile promise;
};

/// An address that whoever has it may use until it expires, and only for that file.
struct Link {
  std::string url;  ///< absolute, or a path on this server
  domain::Instant expires_at;
};

/// How long a link to send a file lasts, and one to fetch it.
inline constexpr std::chrono::seconds put_lasts(300);
inline constexpr std::chrono::minutes get_lasts(20);
/// When a link to fetch begins that is given out now: the same for ten minutes, so that a browser's
/// cache finds the file again under the same address.
inline domain::Instant link_begins(domain::Instant now) {
  return now - now.time_since_epoch() % std::chrono::minutes(10);
}

/// Where the files of uploads are. Every call may wait for a disk or a network, so none is made
/// inside a unit of work. Thread-safe. Each call throws Error{unavailable} if the store cannot be
/// used now.
class FileStore {
 public:
  virtual ~FileStore() = default;

  /// The address to which a client PUTs the file once, with exactly these headers: Content-Type,
  /// x-amz-checksum-sha256 and `If-None-Match: *`. The store takes no other bytes than promised,
  /// and never replaces a file.
  virtual Link link_to_put(const StoredFile& file) = 0;
  /// The address at which a browser GETs the file.
  virtual Link link_to_get(const StoredFile& file) = 0;

  /// The file's bytes, which are on disk by then, at most one more than promised; empty if it is
  /// not there.
  virtual std::optional<std::string> read(const StoredFile& file) = 0;

  /// Erases every file of the upload; none need be there.
  virtual void erase(const std::string& upload_id) = 0;

  /// Throws Error{unavailable} if no new file should be sent now, as the disk is nearly full.
  virtual void require_room() = 0;
  /// The bytes that all files together may have; empty if there is no limit.
  virtual std::optional<std::int64_t> max_bytes() const = 0;

  /// The origin of its links, `https://bucket.example`; empty if they are paths on this server.
  virtual std::string origin() const { return ""; }
  /// A sentence for the operator about what keeps the store from being used. Takes some seconds.
  virtual std::optional<std::string> find_problem() { return std::nullopt; }
};

}  // namespace hss::uploads
