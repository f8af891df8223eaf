#include "api/http/json_numbers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace hss::api {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// A number by RFC 8259 at the beginning of a text.
class Number {
 public:
  explicit Number(std::string_view text) : text_(text) {
    if (at() == '-') ++size_;
    const bool begins_with_zero = at() == '0';
    const std::size_t whole = digits();
    is_valid_ = whole > 0 && (!begins_with_zero || whole == 1);
    if (at() == '.') {
      ++size_;
      is_valid_ = digits() > 0 && is_valid_;
    }
    mantissa_ = text_.substr(0, size_);
    if (at() == 'e' || at() == 'E') {
      ++size_;
      if (at() == '+' || at() == '-') ++size_;
      is_valid_ = digits() > 0 && is_valid_;
    }
  }

  std::string_view text() const { return text_.substr(0, size_); }

  /// Returns the text to write instead; none if a double holds the number exactly.
  std::optional<std::string> replacement() const {
    if (!is_valid_) return std::nullopt;
    const std::size_t significant = significant_digits();
    const bool may_be_out_of_range = mantissa_.size() != size_;
    constexpr std::size_t exact = std::numeric_limits<double>::digits10;
    if (significant <= exact && !may_be_out_of_range) return std::nullopt;
    const double nearest = std::strtod(std::string(text()).c_str(), nullptr);
    constexpr double greatest = std::numeric_limits<double>::max();
    if (std::isinf(nearest)) return written(std::copysign(greatest, nearest));
    if (significant == 0 || (significant <= exact && std::isnormal(nearest))) return std::nullopt;
    return written(std::nextafter(nearest, std::copysign(greatest, nearest)));
  }

 private:
  char at() const { return size_ < text_.size() ? text_[size_] : '\0'; }
  std::size_t digits() {
    const std::size_t begin = size_;
    while (is_digit(at())) ++size_;
    return size_ - begin;
  }
  /// Counts without the zeros at either end.
  std::size_t significant_digits() const {
    const auto first = mantissa_.find_first_of("123456789");
    if (first == mantissa_.npos) return 0;
    const std::string_view significant =
        mantissa_.substr(first, mantissa_.find_last_of("123456789") - first + 1);
    return static_cast<std::size_t>(
        std::count_if(significant.begin(), significant.end(), is_digit));
  }
  static std::string written(double value) {
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return {text.data(), end};
  }

  std::string_view text_;
  std::string_view mantissa_;
  std::size_t size_ = 0;
  bool is_valid_ = false;
};

}  // namespace

std::optional<std::string> with_exact_numbers(std::string_view json) {
  std::string exact;
  std::size_t copied = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '-' || is_digit(c)) {
      const Number number(json.substr(i));
      if (const auto replacement = number.replacement()) {
        exact.append(json.substr(copied, i - copied)).append(*replacement);
        copied = i + number.text().size();
      }
      i += number.text().size() - 1;
    }
  }
  if (copied == 0) return std::nullopt;
  return exact.append(json.substr(copied));
}

}  // namespace hss::api
