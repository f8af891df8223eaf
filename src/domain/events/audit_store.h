#pragma once

#include <optional>
#include <string>

#include "domain/events/event.h"
#include "domain/page.h"

namespace hss::domain {

struct AuditFilter {
  std::optional<std::string> booking_id;
  std::optional<std::string> event_type;
};

/// The audit trail.
class AuditReader {
 public:
  virtual ~AuditReader() = default;

  /// Newest first.
  virtual Slice<AuditEvent> list(const AuditFilter& filter, const Page& page) = 0;
  /// Reads every event and booking: some seconds for a million. Store::verify_audit() shares it.
  virtual AuditReport verify() = 0;
};

class AuditWriter : public AuditReader {
 public:
  virtual void append(const Event& event) = 0;
};

}  // namespace hss::domain
