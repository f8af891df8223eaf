#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

/// What Unicode says of text. Text is UTF-8; what is none comes back as it is, and shows nothing.
/// ASCII costs next to nothing.

/// In Unicode's normal form C: what looks the same and is written in two ways becomes the same
/// bytes.
std::string to_nfc(std::string_view utf8);

/// In normal form D: letters and their accents apart.
std::string to_nfd(std::string_view utf8);

/// In normal form KC without characters that show nothing: `ＨＳＳ‑1` becomes `HSS‐1`.
std::string to_plain(std::string_view utf8);

/// Unicode's lower case, letter by letter.
std::string to_lower_everywhere(std::string_view utf8);

/// In normal form KD, case folded, without characters that show nothing. Code points.
std::vector<std::int32_t> to_folded(std::string_view utf8);

/// Nothing for what is not UTF-8.
std::vector<std::int32_t> code_points_of(std::string_view utf8);
void append_utf8(std::string& text, std::int32_t code_point);

bool is_letter_or_digit(std::int32_t code_point);
bool is_mark(std::int32_t code_point);
bool is_dash(std::int32_t code_point);
/// White space, line breaks and tabs too.
bool is_space(std::int32_t code_point);

/// The characters that show something. Zero where there are accents alone, too: they need a letter.
std::size_t visible_count(std::string_view utf8);

/// True if each code point is a visible one, so that what is seen is all there is. False for white
/// space.
bool is_all_visible(std::string_view utf8);

/// True if there is a character that overrides, embeds or isolates a direction: text around it is
/// shown in another order than it has. The marks that right-to-left text needs (U+200E, U+200F) are
/// none.
bool has_direction_overrides(std::string_view utf8);

}  // namespace hss::domain
