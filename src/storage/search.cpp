#include "storage/search.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
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

/// More than anyone types.
constexpr std::size_t most_words = 8;

/// A word that is asked for, as the index takes it apart: mostly one word there, too.
using Parts = std::vector<std::string>;

/// Whether the parts stand side by side among the words, of the last its beginning.
bool has(const std::vector<std::string>& words, const Parts& asked) {
  for (auto at = words.begin(); words.end() - at >= std::ssize(asked); ++at) {
    const auto last = at + (std::ssize(asked) - 1);
    if (std::equal(at, last, asked.begin()) && last->starts_with(asked.back())) return true;
  }
  return false;
}

/// The longest of the beginnings that the index has of a word, which is valid UTF-8; empty where it
/// has none.
std::string_view indexed_beginning(std::string_view word) {
  std::string_view longest;
  std::size_t size = 0;
  for (int characters = 1; characters <= 4 && size < word.size(); ++characters) {
    size += front(word.substr(size)).second;
    // As schema.sql has them.
    if (characters == 2 || characters == 4) longest = word.substr(0, size);
  }
  return longest;
}

}  // namespace

/// The index's own way of taking a text apart, as schema.sql names it.
class Search::Tokenizer {
 public:
  explicit Tokenizer(SQLite::Database& database) {
    fts5_api* api = nullptr;
    sqlite3_stmt* ask = nullptr;
    sqlite3_prepare_v2(database.getHandle(), "SELECT fts5(?)", -1, &ask, nullptr);
    sqlite3_bind_pointer(ask, 1, static_cast<void*>(&api), "fts5_api_ptr", nullptr);
    sqlite3_step(ask);
    sqlite3_finalize(ask);
    void* context = nullptr;
    const char* arguments[] = {"remove_diacritics", "2"};
    if (api == nullptr || api->xFindTokenizer(api, "unicode61", &context, &methods_) != SQLITE_OK ||
        methods_.xCreate(context, arguments, 2, &tokenizer_) != SQLITE_OK) {
      throw SQLite::Exception("SQLite has no full-text search", SQLITE_ERROR);
    }
  }
  ~Tokenizer() {
    if (tokenizer_ != nullptr) methods_.xDelete(tokenizer_);
  }
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;

  std::vector<std::string> words_of(std::string_view text) const {
    std::vector<std::string> words;
    const auto keep = [](void* into, int, const char* word, int size, int, int) {
      static_cast<std::vector<std::string>*>(into)->emplace_back(word,
                                                                 static_cast<std::size_t>(size));
      return SQLITE_OK;
    };
    methods_.xTokenize(tokenizer_, &words, FTS5_TOKENIZE_DOCUMENT, text.data(),
                       static_cast<int>(text.size()), keep);
    return words;
  }

 private:
  fts5_tokenizer methods_{};
  Fts5Tokenizer* tokenizer_ = nullptr;
};

Search::Search(SQLite::Database& database, std::string_view q)
    : tokenizer_(std::make_unique<Tokenizer>(database)) {
  std::string text = domain::to_lower(q);
  // The prefix of a reference is indexed in no row, so it must not be asked for wherever it stands.
  const std::string prefix = domain::to_lower(domain::booking_prefix);
  for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix, at)) {
    text.replace(at, prefix.size(), " ");
  }
  const std::string_view bare_prefix = std::string_view(prefix).substr(0, prefix.size() - 1);
  std::string word;
  const auto end_word = [&] {
    // The prefix without its dash, on its own or before a reference.
    if (word.starts_with(bare_prefix)) word.erase(0, bare_prefix.size());
    // One that is nothing but signs to the index counts for nothing.
    Parts parts = tokenizer_->words_of(word);
    if (!parts.empty() && words_.size() < most_words) words_.push_back(std::move(parts));
    word.clear();
  };
  for (std::string_view rest = text; !rest.empty();) {
    const auto [code, size] = front(rest);
    if (is_word_character(code)) {
      word += rest.substr(0, size);
    } else {
      end_word();
    }
    rest.remove_prefix(std::min(size, rest.size()));
  }
  end_word();
}

Search::~Search() = default;

std::string Search::beginnings() const {
  std::string expression;
  for (const Parts& parts : words_) {
    for (const std::string& part : parts) {
      const auto letters = indexed_beginning(part);
      if (!letters.empty()) expression.append("\"").append(letters).append("\"* ");
    }
  }
  return expression;
}

std::string Search::whole_words() const {
  std::string expression;
  for (const Parts& parts : words_) {
    for (const std::string& part : parts) expression.append("\"").append(part).append("\"* ");
  }
  return expression;
}

bool Search::finds(const domain::Booking& booking) const {
  const auto words = tokenizer_->words_of(booking.id.substr(domain::booking_prefix.size()) + ' ' +
                                          booking.customer_name + ' ' + booking.email);
  return std::all_of(words_.begin(), words_.end(),
                     [&](const Parts& asked) { return has(words, asked); });
}

}  // namespace hss::storage
