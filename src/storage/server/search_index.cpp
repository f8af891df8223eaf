#include "storage/server/search_index.h"

#include <algorithm>
#include <sstream>

namespace hss::storage {
namespace {

constexpr int many_letters = 4, few_letters = 2;

/// The part of the word that the index has; empty for a word of one letter.
std::string_view indexed_part(std::string_view word) {
  const std::string_view part = first_letters(word, many_letters);
  return part.empty() ? first_letters(word, few_letters) : part;
}

}  // namespace

ServerSearchIndex::ServerSearchIndex()
    : SearchIndex({.name = "booking_words", .seq = "booking_seq", .matches = "s.beginning = ?1"},
                  ListParts::limited) {}

std::string ServerSearchIndex::whole_words(const Search& search) const {
  // A longer word has fewer candidates. One that may be a reference has two beginnings, so it is
  // left to Search::finds().
  std::string_view longest;
  for (const Search::Word& word : search.words()) {
    if (word.code.empty() && word.text.size() > longest.size()) longest = word.text;
  }
  return std::string(indexed_part(longest));
}

std::vector<std::string> ServerSearchIndex::beginnings_of(const std::string& words) {
  std::vector<std::string> beginnings;
  std::istringstream stream(words);
  for (std::string word; stream >> word;) {
    for (const int letters : {many_letters, few_letters}) {
      if (const auto part = first_letters(word, letters); !part.empty()) {
        beginnings.emplace_back(part);
      }
    }
  }
  std::sort(beginnings.begin(), beginnings.end());
  beginnings.erase(std::unique(beginnings.begin(), beginnings.end()), beginnings.end());
  return beginnings;
}

}  // namespace hss::storage
