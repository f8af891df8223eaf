#pragma once

#include <utility>
#include <variant>

namespace hss::domain {

/// One member of a client's object: absent (or null), of a wrong type, or a value. It lets each
/// rule for a member, wrong types included, be in one place in the contract's words.
template <class T>
class Field {
 public:
  Field() = default;
  Field(T value) : state_(std::move(value)) {}
  static Field wrong_type() {
    Field field;
    field.state_ = WrongType{};
    return field;
  }

  bool is_absent() const { return std::holds_alternative<std::monostate>(state_); }
  bool is_wrong_type() const { return std::holds_alternative<WrongType>(state_); }
  const T* value() const { return std::get_if<T>(&state_); }

 private:
  struct WrongType {};
  std::variant<std::monostate, WrongType, T> state_;
};

}  // namespace hss::domain
