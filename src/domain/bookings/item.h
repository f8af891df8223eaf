#pragma once

#include <optional>
#include <string>
#include <vector>

#include "domain/money.h"

namespace hss::domain {

/// One thing that a student stores.
struct Item {
  /// Names it within its booking for ever: no item that is added later gets the id of another, also
  /// not of one that was removed. From 1 in the order in which it was booked; 0 in a draft.
  int id = 0;
  std::string type;                   ///< of the catalogue, perhaps no longer offered
  std::string label;                  ///< as it was called when it was booked; empty in a draft
  std::string icon;                   ///< likewise
  Money monthly_price;                ///< as agreed; nothing in a draft
  std::optional<std::string> name;    ///< in the student's words
  std::optional<std::string> s3_key;  ///< of its photo, as the client sent it
  std::vector<std::string> photos;    ///< keys of more photos, likewise
};

}  // namespace hss::domain
