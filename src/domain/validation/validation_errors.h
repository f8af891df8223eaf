#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

/// Collects the errors of one request, so that the client gets all of them at once.
class ValidationErrors {
 public:
  void add(std::string error) { errors_.push_back(std::move(error)); }

  /// The allowed length of a text, in characters; the minimum counts visible ones.
  struct Bounds {
    std::size_t at_least = 1;
    std::size_t at_most = 0;
    bool may_break_lines = false;
  };
  /// Adds "<name> must …" if a text that is present breaks its bounds.
  void check_text(const std::string& name, std::string_view text, const Bounds& bounds);

  const std::vector<std::string>& all() const { return errors_; }

  /// Throws Error{validation_error} with the message and every error.
  void throw_if_any(const char* message);

 private:
  std::vector<std::string> errors_;
};

}  // namespace hss::domain
