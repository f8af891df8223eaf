#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace hss::domain {

/// Rules for text that a person typed. All of it is UTF-8, already checked at the door.

/// Without white space at either end, that of Unicode and invisible characters included.
std::string_view trim(std::string_view text);

/// ASCII letters in lower case; everything else as it is.
std::string to_lower(std::string_view text);

/// The number of code points, which is what a person counts as characters in most scripts.
std::size_t character_count(std::string_view utf8);

/// What a sentence repeats of a text that somebody sent: at most 60 characters, and `…` for the
/// rest.
std::string excerpt(std::string_view utf8);

/// True where a control character stands that has no place in stored text (C0, C1, and Unicode's
/// own line and paragraph separators); ASCII line breaks and tabs are fine.
bool has_control_characters(std::string_view text);

/// What a mail can be sent to, short of sending one: a local part of RFC 5321 without quotes, of
/// any length, one `@` and a domain of at least two labels that DNS can have. Letters of any
/// script, and nothing that is not seen.
bool is_email(std::string_view text);

/// One `@`, something before it, and after it a domain of at least two non-empty labels, with no
/// white space anywhere: what an account of version 6 may have.
bool has_email_form(std::string_view text);

/// In lower case and normal form C: two addresses are one where these are the same bytes.
std::string normal_email(std::string_view email);

}  // namespace hss::domain
