#include "storage/search.h"

#include <string_view>

#include "domain/reference.h"
#include "domain/text.h"

namespace hss::storage {
namespace {

bool is_word_character(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || byte >= 0x80;
}

}  // namespace

void index_new_bookings(Connection& connection) {
  // The reference's prefix is in every row, so it would only cost.
  Query(connection,
        "INSERT INTO booking_search (rowid, words)"
        " SELECT seq, substr(id, 5) || ' ' || customer_name || ' ' || email FROM bookings"
        " WHERE seq > (SELECT seq FROM booking_search_mark)")
      .run();
  Query(connection,
        "UPDATE booking_search_mark SET seq = (SELECT max(seq) FROM bookings)"
        " WHERE seq < (SELECT max(seq) FROM bookings)")
      .run();
}

std::string search_expression(std::string_view q) {
  const std::string text = domain::to_lower(domain::trim(q));
  std::string_view rest = text;
  const std::string prefix = domain::to_lower(domain::booking_prefix);
  if (rest.starts_with(prefix)) rest.remove_prefix(prefix.size());

  std::string expression;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (!expression.empty()) expression += " AND ";
    expression += '"' + word + "\"*";
    word.clear();
  };
  for (const char c : rest) {
    if (is_word_character(c)) {
      word += c;
    } else {
      end_word();
    }
  }
  end_word();
  return expression;
}

}  // namespace hss::storage
