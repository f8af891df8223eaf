#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace hss::storage {

/// A stored value that HSS never stores, so that only damage can have made it.
class DamagedValue : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// `what` names the value.
[[noreturn]] inline void throw_damage(const char* what) {
  throw DamagedValue(std::string(what) + " is not what HSS stores");
}

/// Returns the stored value, or throws DamagedValue if there is none; `what` names it.
template <class Value>
Value require_known(std::optional<Value> value, const char* what) {
  if (!value) throw_damage(what);
  return *std::move(value);
}

}  // namespace hss::storage
