#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hss::domain {

/// Rules for text that a person typed. All of it is UTF-8, which the API has already checked.

/// Trims white space at both ends, Unicode's and invisible characters included.
std::string_view trim(std::string_view text);

/// ASCII letters in lower case; everything else as it is.
std::string to_lower(std::string_view text);

/// The number of code points, which is the number of characters for a person in most scripts.
std::size_t character_count(std::string_view utf8);

/// Shortens client text for an error message: at most 60 characters, and `…` for the rest.
std::string excerpt(std::string_view utf8);

/// True if the text has a control character that does not belong in stored text (C0, C1, and
/// Unicode's own line and paragraph separators); ASCII line breaks and tabs are fine.
bool has_control_characters(std::string_view text);

/// True if mail can be sent to it, as far as its form tells: a local part of RFC 5321 without
/// quotes, of any length, one `@` and a domain of at least two labels that DNS can have. Allows
/// letters of any script, and nothing invisible.
bool is_email(std::string_view text);

/// True for one `@`, something before it, and after it a domain of at least two non-empty labels,
/// with no white space anywhere: an account of version 6 may have such an address.
bool has_email_form(std::string_view text);

/// Returns lower case and normal form C: two addresses are the same if these are the same bytes.
std::string normal_email(std::string_view email);

}  // namespace hss::domain
