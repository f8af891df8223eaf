#include "storage/sql/moved.h"

#include "storage/damage.h"

namespace hss::storage {

using domain::Error;
using domain::ErrorCode;

std::string moved_to(Connection& connection) {
  Query row(connection, "SELECT place FROM moved_to");
  if (!row.step()) throw_damage("the place of the data");
  return row.text(0);
}

void require_not_moved(Connection& connection) {
  if (const std::string place = moved_to(connection); !place.empty()) throw DataMoved(place);
}

Error moved_away(const std::string& place) {
  return {ErrorCode::unavailable, "The data were moved to " + place +
                                      "; start HSS on those, or see `hss copy --help` for how to go"
                                      " back"};
}

Error moved_away() {
  return {ErrorCode::unavailable, "The data were moved to another database; nothing was changed"};
}

}  // namespace hss::storage
