#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hss::storage {

/// The words of a text as the search index of every engine has them, in UTF-8: letters and digits,
/// case folded, in compatible forms, without accents and what shows nothing, and with plain letters
/// for those that others would be typed for: `Søren` is `soren`, `Łukasz` `lukasz`, `Weiß` `weiss`,
/// `ＦｕｌｌWidth` `fullwidth`. An apostrophe ends no word: `d'Angelo` is `dangelo`. Two texts that
/// are the same to a person give the same words, whatever bytes they are.
std::vector<std::string> search_words(std::string_view text);

/// With what follows an apostrophe as words of their own, too: `dangelo` and `angelo`. For what is
/// searched.
std::vector<std::string> indexed_words(std::string_view text);

}  // namespace hss::storage
