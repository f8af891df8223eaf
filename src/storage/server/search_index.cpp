#include "storage/server/search_index.h"

#include <algorithm>
#include <sstream>
#include <utility>

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
    : SearchIndex(
          {.tables = "booking_words s JOIN booking_words t ON t.booking_seq = s.booking_seq",
           .seq = "booking_seq",
           .matches = "s.beginning = ?1 AND t.beginning = ?9"},
          ListParts::limited) {}

Sought ServerSearchIndex::whole_words(const Search& search) const {
  // A longer word has fewer candidates. One that may be a reference has two beginnings, so it is
  // left to Search::finds().
  std::string_view longest, second;
  for (const Search::Word& word : search.words()) {
    if (!word.code.empty()) continue;
    if (word.text.size() > longest.size()) {
      second = std::exchange(longest, word.text);
    } else if (word.text.size() > second.size()) {
      second = word.text;
    }
  }
  const std::string first(indexed_part(longest)), other(indexed_part(second));
  return {.text = first, .second = other.empty() ? first : other};
}

void ServerSearchIndex::replace(Connection& connection, const Entry& before,
                                const Entry& after) const {
  // An indexer at work has the row locked: afterwards it is known which words it has read.
  Query position(connection, "SELECT seq FROM bookings_indexed FOR UPDATE");
  if (!position.step() || position.integer(0) < after.seq) return;
  const std::vector<std::string> known = beginnings_of(before.words);
  for (const std::string& beginning : beginnings_of(after.words)) {
    if (std::binary_search(known.begin(), known.end(), beginning)) continue;
    // One that an earlier change has left may be there still. The table of one row is there as
    // MySQL takes no WHERE without a table.
    enqueue(connection,
            "INSERT INTO booking_words (beginning, booking_seq) SELECT ?1, ?2 FROM payment_totals"
            " WHERE NOT EXISTS (SELECT 1 FROM booking_words"
            " WHERE beginning = ?1 AND booking_seq = ?2)",
            beginning, after.seq);
  }
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
