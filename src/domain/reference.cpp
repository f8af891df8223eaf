#include "domain/reference.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "domain/validation/unicode.h"

namespace hss::domain {
namespace {

constexpr std::size_t code_size = 10;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_capital_or_digit(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z');
}

/// The character of a sketch for a letter or digit that no reference has.
constexpr char foreign_letter = '?';

bool is_letter(char c) {
  return is_capital_or_digit(c) || c == foreign_letter;
}

char sketch_of(std::int32_t code_point) {
  constexpr std::int32_t sharp_s = 0xdf;  // the German layout has it where others have the dash
  constexpr std::int32_t minus = 0x2212;
  if (code_point >= 'a' && code_point <= 'z') return static_cast<char>(code_point - 'a' + 'A');
  if (code_point < 0x80 && is_capital_or_digit(static_cast<char>(code_point))) {
    return static_cast<char>(code_point);
  }
  constexpr std::int32_t capital_sharp_s = 0x1e9e;
  const bool is_sharp_s = code_point == sharp_s || code_point == capital_sharp_s;
  if (is_sharp_s || code_point == minus || is_dash(code_point)) return '-';
  if (is_letter_or_digit(code_point)) return foreign_letter;
  return is_space(code_point) ? ' ' : '.';
}

/// Maps each character to its kind: capitals and digits as they are, `?` for other letters, a
/// space, a dash, and a dot for the rest.
std::string sketch_of(std::string_view text) {
  std::string sketch;
  for (const std::int32_t code_point : code_points_of(to_plain(text))) {
    sketch += code_point == ']' ? ']' : sketch_of(code_point);
  }
  // The prefix by which a scanner names the kind of barcode (ISO/IEC 15424).
  constexpr std::size_t symbology_size = 3;
  const auto first = sketch.find_first_not_of(" .");
  if (first != sketch.npos && sketch[first] == ']') sketch.erase(0, first + symbology_size);
  std::replace(sketch.begin(), sketch.end(), ']', '.');
  return sketch;
}

struct Code {
  std::string characters;  ///< as they are issued
  bool has_digit = false;
  bool has_letter = false;

  bool is_whole() const { return characters.size() == code_size; }
  /// Appends `c` and returns true if it is one of Crockford's characters or can only be read as
  /// one.
  bool take(char c) {
    if (!is_capital_or_digit(c) || c == 'U' || is_whole()) return false;
    (is_digit(c) ? has_digit : has_letter) = true;
    characters += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
    return true;
  }
};

/// Reads a code at the beginning of the sketch that is not part of a longer word.
std::optional<Code> code_at(std::string_view sketch, bool in_groups) {
  Code code;
  std::size_t at = 0;
  while (at < sketch.size() && !code.is_whole()) {
    const bool is_gap = in_groups && (sketch[at] == ' ' || sketch[at] == '-') &&
                        !code.characters.empty() && is_letter(sketch[at - 1]);
    if (!is_gap && !code.take(sketch[at])) return std::nullopt;
    ++at;
  }
  if (!code.is_whole() || (at < sketch.size() && is_letter(sketch[at]))) return std::nullopt;
  return code;
}

std::string letters_of(std::string_view prefix) {
  return std::string(prefix.substr(0, prefix.size() - 1));
}

std::string issued(const Code& code, std::string_view prefix = booking_prefix) {
  return std::string(prefix) + code.characters;
}

/// Reads a code after `HSS`. One with a digit takes precedence: the page's address may contain the
/// name, too.
std::optional<Code> code_behind_prefix(std::string_view sketch) {
  constexpr std::size_t max_gap = 3;
  const std::string letters = letters_of(booking_prefix);
  std::optional<Code> without_digit;
  for (auto at = sketch.find(letters); at != sketch.npos; at = sketch.find(letters, at + 1)) {
    std::string_view rest = sketch.substr(at + letters.size());
    for (std::size_t gap = 0; gap < max_gap && !rest.empty() && !is_letter(rest[0]); ++gap) {
      rest.remove_prefix(1);
    }
    auto code = code_at(rest, false);
    if (!code) {
      code = code_at(rest, true);
      if (code && !code->has_digit) code.reset();
    }
    if (code && code->has_digit) return code;
    if (code && !without_digit) without_digit = code;
  }
  return without_digit;
}

std::optional<Code> code_alone(std::string_view sketch) {
  for (std::size_t at = 0; at < sketch.size(); ++at) {
    if (at > 0 && is_letter(sketch[at - 1])) continue;
    const auto code = code_at(sketch.substr(at), false);
    if (code && code->has_digit && code->has_letter) return code;
  }
  return std::nullopt;
}

/// Returns the letters and digits of a sketch.
std::string compact(std::string_view sketch) {
  std::string letters;
  std::copy_if(sketch.begin(), sketch.end(), std::back_inserter(letters), is_letter);
  return letters;
}

/// Reads a code from a sketch that has no other letters, in any grouping.
std::optional<Code> code_in_groups(std::string_view sketch) {
  const auto code = code_at(compact(sketch), false);
  return code && code->has_digit && code->has_letter ? code : std::nullopt;
}

}  // namespace

std::string new_reference(std::string_view prefix, const RandomBytes& random) {
  constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  std::array<std::uint8_t, code_size> bytes{};
  random(bytes);
  std::string reference(prefix);
  for (const std::uint8_t byte : bytes) reference += crockford[byte % crockford.size()];
  return reference;
}

std::optional<std::string> parse_reference(std::string_view text, std::string_view prefix) {
  std::string whole = compact(sketch_of(text));
  const std::string letters = letters_of(prefix);
  if (whole.size() == letters.size() + code_size && whole.starts_with(letters)) {
    whole.erase(0, letters.size());
  } else if (prefix != booking_prefix) {
    return std::nullopt;
  }
  const auto code = code_at(whole, false);
  if (!code) return std::nullopt;
  return issued(*code, prefix);
}

std::optional<std::string> find_reference(std::string_view text) {
  const std::string sketch = sketch_of(text);
  auto code = code_behind_prefix(sketch);
  if (!code) code = code_alone(sketch);
  if (!code) code = code_in_groups(sketch);
  if (!code) return std::nullopt;
  return issued(*code);
}

std::optional<std::string> read_reference(std::string_view text) {
  const auto whole = parse_reference(text);
  return whole ? whole : find_reference(text);
}

}  // namespace hss::domain
