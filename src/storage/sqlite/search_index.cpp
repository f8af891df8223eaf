#include "storage/sqlite/search_index.h"

#include <algorithm>
#include <utility>

namespace hss::storage {
namespace {

/// Appends an expression for words that begin with `word` or, after the prefix of a reference, with
/// `code`; nothing if both are empty.
void append_beginning(std::string& expression, std::string_view word, std::string_view code) {
  if (word.empty() && code.empty()) return;
  expression += expression.empty() ? "(" : " AND (";
  for (const std::string_view beginning : {word, code}) {
    if (beginning.empty()) continue;
    if (!expression.ends_with('(')) expression += " OR ";
    expression.append("\"").append(beginning).append("\"*");
  }
  expression += ")";
}

}  // namespace

SqliteSearchIndex::SqliteSearchIndex()
    : SearchIndex(
          {.tables = "booking_search s", .seq = "rowid", .matches = "booking_search MATCH ?1"},
          ListParts::merged) {}

Sought SqliteSearchIndex::beginnings(const Search& search) const {
  std::string expression;
  for (const Search::Word& word : search.words()) {
    // The index keeps beginnings of four letters (schema.sql has the same number).
    const auto letters = first_letters(word.text, 4);
    const auto code = first_letters(word.code, 4);
    // A booking that matches by its code has no word that begins with the whole text.
    if (word.code.empty() || !code.empty()) append_beginning(expression, letters, code);
  }
  return {.text = std::move(expression), .second = ""};
}

Sought SqliteSearchIndex::whole_words(const Search& search) const {
  std::string expression;
  for (const Search::Word& word : search.words()) {
    append_beginning(expression, word.text, word.code);
  }
  return {.text = std::move(expression), .second = ""};
}

bool SqliteSearchIndex::is_exact(const Search& search) const {
  return std::all_of(search.words().begin(), search.words().end(),
                     [](const Search::Word& word) { return word.is_as_typed; });
}

void SqliteSearchIndex::insert(Connection& connection, const std::vector<Entry>& bookings) const {
  for (const Entry& booking : bookings) {
    execute(connection, "INSERT INTO booking_search (rowid, words) VALUES (?, ?)", booking.seq,
            booking.words);
  }
}

void SqliteSearchIndex::replace(Connection& connection, const Entry& before,
                                const Entry& after) const {
  Query indexed(connection, "SELECT 1 FROM bookings_indexed WHERE seq >= ?", after.seq);
  if (!indexed.step()) return;
  // The index keeps no text, so it is told the one that it has.
  execute(connection,
          "INSERT INTO booking_search (booking_search, rowid, words) VALUES ('delete', ?, ?)",
          before.seq, before.words);
  insert(connection, {after});
}

}  // namespace hss::storage
