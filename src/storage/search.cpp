#include "storage/search.h"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <utility>

#include "domain/reference.h"
#include "domain/text.h"

namespace hss::storage {
namespace {

/// Of the character at the front of valid UTF-8, in bytes.
std::size_t size_of_first(std::string_view utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/// More than anyone types; each costs a walk through its matches.
constexpr std::size_t most_words = 8;

/// The beginning that the index has of a word, which is valid UTF-8; empty for a shorter one.
std::string_view indexed_beginning(std::string_view word) {
  // As schema.sql has it.
  constexpr int characters = 4;
  std::size_t size = 0;
  for (int i = 0; i < characters; ++i) {
    if (size >= word.size()) return {};
    size += size_of_first(word.substr(size));
  }
  return word.substr(0, size);
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
  // The prefix of a reference is indexed in no row, so it must not be asked for, on its own or
  // before a reference.
  const std::string prefix =
      domain::to_lower(domain::booking_prefix.substr(0, domain::booking_prefix.size() - 1));
  for (std::string& word : tokenizer_->words_of(q)) {
    if (word.starts_with(prefix)) word.erase(0, prefix.size());
    if (!word.empty() && words_.size() < most_words) words_.push_back(std::move(word));
  }
}

Search::~Search() = default;

std::string Search::beginnings() const {
  std::string expression;
  for (const std::string& word : words_) {
    const auto letters = indexed_beginning(word);
    if (!letters.empty()) expression.append("\"").append(letters).append("\"* ");
  }
  return expression;
}

std::string Search::whole_words() const {
  std::string expression;
  for (const std::string& word : words_) expression.append("\"").append(word).append("\"* ");
  return expression;
}

bool Search::finds(const domain::Booking& booking) const {
  const auto words = tokenizer_->words_of(booking.id.substr(domain::booking_prefix.size()) + ' ' +
                                          booking.customer_name + ' ' + booking.email);
  return std::all_of(words_.begin(), words_.end(), [&](const std::string& asked) {
    return std::any_of(words.begin(), words.end(),
                       [&](const std::string& word) { return word.starts_with(asked); });
  });
}

}  // namespace hss::storage
