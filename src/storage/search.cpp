#include "storage/search.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "domain/reference.h"
#include "domain/text.h"

namespace hss::storage {
namespace {

/// The code point at the front of valid UTF-8, and how many bytes it takes.
std::pair<unsigned, std::size_t> front(std::string_view utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  unsigned code = size == 1 ? lead : lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size && i < utf8.size(); ++i) {
    code = (code << 6) | (static_cast<unsigned char>(utf8[i]) & 0x3f);
  }
  return {code, size};
}

/// About what the index takes for a letter or digit. A word of nothing but signs would be no word
/// there, and so never met.
bool is_word_character(unsigned code) {
  const auto is_in = [code](unsigned first, unsigned last) {
    return code >= first && code <= last;
  };
  if (code < 0x80) return is_in('0', '9') || is_in('a', 'z');
  return code >= 0xc0 && code != 0xd7 && code != 0xf7 && !is_in(0x2000, 0x2bff) &&
         !is_in(0x3000, 0x303f) && !is_in(0xfe00, 0xfe0f) && !is_in(0xff00, 0xff0f) &&
         !is_in(0xfff0, 0xffff) && !is_in(0x1f000, 0x1faff);
}

/// More than anyone types; each costs a walk through its matches.
constexpr int most_words = 8;

}  // namespace

void index_bookings(Connection& connection, std::int64_t after) {
  // The reference's prefix is in every row, so it would only cost.
  execute(connection,
          "INSERT INTO booking_search (rowid, words)"
          " SELECT seq, substr(id, 5) || ' ' || customer_name || ' ' || email FROM bookings"
          " WHERE seq > ?",
          after);
}

std::string search_expression(std::string_view q) {
  std::string text = domain::to_lower(q);
  // The prefix of a reference is indexed in no row, so it must not be asked for wherever it stands.
  const std::string prefix = domain::to_lower(domain::booking_prefix);
  for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix, at)) {
    text.replace(at, prefix.size(), " ");
  }
  std::string_view rest = text;
  std::string expression;
  std::string word;
  int words = 0;
  const auto end_word = [&] {
    if (word.empty()) return;
    if (++words > most_words) return word.clear();
    if (!expression.empty()) expression += " AND ";
    expression += '"' + word + "\"*";
    word.clear();
  };
  while (!rest.empty()) {
    const auto [code, size] = front(rest);
    if (is_word_character(code)) {
      word += rest.substr(0, size);
    } else {
      end_word();
    }
    rest.remove_prefix(std::min(size, rest.size()));
  }
  end_word();
  return expression;
}

}  // namespace hss::storage
