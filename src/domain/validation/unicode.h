#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

/// Unicode's rules for text. Text is UTF-8; any other comes back unchanged, and counts as
/// invisible. ASCII costs next to nothing.

/// Returns Unicode's normal form C: two spellings that look the same become the same bytes.
std::string to_nfc(std::string_view utf8);

/// Returns normal form D: letters and their accents separate.
std::string to_nfd(std::string_view utf8);

/// Returns normal form KC without invisible characters: `ＨＳＳ‑1` becomes `HSS‐1`.
std::string to_plain(std::string_view utf8);

/// Returns Unicode's lower case, letter by letter.
std::string to_lower_everywhere(std::string_view utf8);

/// Returns the code points of normal form KD, case folded, without invisible characters.
std::vector<std::int32_t> to_folded(std::string_view utf8);

/// Empty for text that is not UTF-8.
std::vector<std::int32_t> code_points_of(std::string_view utf8);
void append_utf8(std::string& text, std::int32_t code_point);

bool is_letter_or_digit(std::int32_t code_point);
bool is_mark(std::int32_t code_point);
bool is_dash(std::int32_t code_point);
/// True for white space, line breaks and tabs too.
bool is_space(std::int32_t code_point);

/// The number of visible characters. Zero for accents alone, too: they need a letter.
std::size_t visible_count(std::string_view utf8);

/// True if each code point is visible, so that nothing is hidden. False for white space.
bool is_all_visible(std::string_view utf8);

/// True if there is a character that overrides, embeds or isolates a direction: text around it
/// appears in another order than it has. The marks that right-to-left text needs (U+200E, U+200F)
/// do not count.
bool has_direction_overrides(std::string_view utf8);

}  // namespace hss::domain
