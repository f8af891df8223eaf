#include "domain/validation/validation_errors.h"

#include <utility>

#include "domain/error.h"
#include "domain/validation/text.h"
#include "domain/validation/unicode.h"

namespace hss::domain {

void ValidationErrors::check_text(const std::string& name, std::string_view text,
                                  const Bounds& bounds) {
  const std::size_t visible = visible_count(text);
  if (visible == 0) {
    add(name + " must have characters that can be seen");
  } else if (visible < bounds.at_least) {
    add(name + " must be at least " + std::to_string(bounds.at_least) + " characters");
  } else if (character_count(text) > bounds.at_most) {
    add(name + " must be at most " + std::to_string(bounds.at_most) + " characters");
  } else if (has_control_characters(text) ||
             (!bounds.may_break_lines && text.find_first_of("\r\n") != text.npos)) {
    add(name + " must not contain control characters");
  } else if (has_direction_overrides(text)) {
    add(name + " must not contain characters that turn text around");
  }
}

void ValidationErrors::throw_if_any(const char* message) {
  if (!errors_.empty()) throw Error(ErrorCode::validation_error, message, std::move(errors_));
}

}  // namespace hss::domain
