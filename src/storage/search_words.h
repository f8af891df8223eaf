#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss::storage {

/// Splits a text, in UTF-8, into the words that the search index of every engine stores: letters
/// and digits, case folded, in compatibility forms, without accents and invisible characters, and
/// with plain letters for those that some keyboards lack: `Søren` is `soren`, `Łukasz` `lukasz`,
/// `Weiß` `weiss`, `ＦｕｌｌWidth` `fullwidth`. An apostrophe does not end a word: `d'Angelo` is
/// `dangelo`. Texts that look the same to a person give the same words, whatever their bytes.
std::vector<std::string> search_words(std::string_view text);

/// Also gives the part after an apostrophe as a word: `dangelo` and `angelo`. For the texts that
/// are searched.
std::vector<std::string> indexed_words(std::string_view text);

}  // namespace hss::storage
