#pragma once

#include <string>
#include <string_view>

#include "domain/error.h"
#include "domain/reference.h"

namespace hss::domain {

/// Inserts a row under an id that nobody has: `insert(id)` says false where it is taken, and gets
/// another then. Throws Error{unavailable} after five; `what` names the id in the sentence.
template <class Insert>
void insert_with_new_id(std::string_view prefix, const RandomBytes& random, std::string_view what,
                        const Insert& insert) {
  constexpr int max_tries = 5;
  for (int tries = 0; tries < max_tries; ++tries) {
    if (insert(new_reference(prefix, random))) return;
  }
  throw Error(ErrorCode::unavailable,
              "No free " + std::string(what) + " was found; please try again");
}

}  // namespace hss::domain
