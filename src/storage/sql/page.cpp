#include "storage/sql/page.h"

namespace hss::storage {

using domain::Error;
using domain::ErrorCode;
using domain::Page;

Error bad_cursor() {
  return {ErrorCode::validation_error,
          "The query has faults",
          {"cursor must be a next_cursor that this list gave"}};
}

std::int64_t number_of_cursor(const Page& page) {
  if (!page.cursor) return after_everything;
  std::int64_t id = 0;
  for (const char c : *page.cursor) {
    if (c < '0' || c > '9' || page.cursor->size() > 18) throw bad_cursor();
    id = id * 10 + (c - '0');
  }
  if (page.cursor->empty()) throw bad_cursor();
  return id;
}

}  // namespace hss::storage
