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

/// More than anyone types; each costs a walk through its matches.
constexpr std::size_t most_words = 8;

/// The index's own way of taking a text apart, as schema.sql names it.
class Tokenizer {
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

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text == nullptr
             ? std::string_view()
             : std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

using Words = std::vector<std::string>;

/// Whether the words that one asked for has become stand side by side, of the last its beginning.
bool has(const Words& words, const Words& asked) {
  for (auto at = words.begin(); words.end() - at >= std::ssize(asked); ++at) {
    const auto last = at + (std::ssize(asked) - 1);
    if (std::equal(at, last, asked.begin()) && last->starts_with(asked.back())) return true;
  }
  return false;
}

void begins_words(sqlite3_context* context, int, sqlite3_value** values) {
  const auto& tokenizer = *static_cast<const Tokenizer*>(sqlite3_user_data(context));
  const Words words = tokenizer.words_of(text_of(values[1]));
  bool is_asked = false;
  bool is_met = true;
  for (std::string_view rest = text_of(values[0]); is_met && !rest.empty();) {
    const auto end = std::min(rest.find(' '), rest.size());
    const Words asked = tokenizer.words_of(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    // One that is nothing but signs to the index counts for nothing beside others.
    if (asked.empty()) continue;
    is_asked = true;
    is_met = has(words, asked);
  }
  sqlite3_result_int(context, is_asked && is_met ? 1 : 0);
}

}  // namespace

std::string search_expression(std::string_view q) {
  std::string text = domain::to_lower(q);
  // The prefix of a reference is indexed in no row, so it must not be asked for wherever it stands.
  const std::string prefix = domain::to_lower(domain::booking_prefix);
  for (auto at = text.find(prefix); at != text.npos; at = text.find(prefix, at)) {
    text.replace(at, prefix.size(), " ");
  }
  const std::string_view bare_prefix = std::string_view(prefix).substr(0, prefix.size() - 1);
  std::string_view rest = text;
  std::string expression;
  std::string word;
  std::size_t words = 0;
  const auto end_word = [&] {
    // The prefix without its dash, on its own or before a reference.
    if (word.starts_with(bare_prefix)) word.erase(0, bare_prefix.size());
    if (!word.empty() && words++ < most_words) expression += '"' + word + "\"* ";
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

void add_word_function(SQLite::Database& database) {
  auto tokenizer = std::make_unique<Tokenizer>(database);
  const int result = sqlite3_create_function_v2(
      database.getHandle(), "begins_words", 2,
      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, tokenizer.get(), begins_words,
      nullptr, nullptr, [](void* owned) { delete static_cast<Tokenizer*>(owned); });
  // On failure, too, SQLite has called the destructor.
  static_cast<void>(tokenizer.release());
  if (result != SQLITE_OK) throw SQLite::Exception(database.getHandle(), result);
}

}  // namespace hss::storage
