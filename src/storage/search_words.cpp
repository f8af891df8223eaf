#include "storage/search_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "domain/validation/unicode.h"

namespace hss::storage {
namespace {

enum class Parts { left_out, words_too };

/// Collects words character by character.
class Words {
 public:
  explicit Words(Parts parts) : parts_(parts) {}

  std::string& letters() { return word_; }
  void apostrophe() {
    if (!word_.empty()) parts_begin_.push_back(word_.size());
  }
  void end() {
    if (word_.empty()) return;
    if (parts_ == Parts::words_too) {
      for (const std::size_t begin : parts_begin_) {
        if (begin < word_.size()) words_.push_back(word_.substr(begin));
      }
    }
    words_.push_back(std::move(word_));
    word_.clear();
    parts_begin_.clear();
  }
  std::vector<std::string> take() {
    end();
    return std::move(words_);
  }

 private:
  const Parts parts_;
  std::string word_;
  std::vector<std::size_t> parts_begin_;
  std::vector<std::string> words_;
};

bool is_within(std::int32_t c, std::int32_t first, std::int32_t last) {
  return c >= first && c <= last;
}

/// True for marks that people leave out when they type: Latin, Greek and Cyrillic accents, and the
/// vowel signs of Hebrew and Arabic. In other scripts a mark belongs to the word as a letter does.
bool is_accent(std::int32_t c) {
  return is_within(c, 0x300, 0x36f) || is_within(c, 0x1ab0, 0x1aff) ||
         is_within(c, 0x1dc0, 0x1dff) || is_within(c, 0x20d0, 0x20ff) ||
         is_within(c, 0xfe20, 0xfe2f) || (is_within(c, 0x591, 0x5c7) && domain::is_mark(c)) ||
         is_within(c, 0x64b, 0x65f) || c == 0x670;
}

bool is_apostrophe(std::int32_t c) {
  constexpr std::array<std::int32_t, 9> apostrophes{'\'',   '`',   0x2018, 0x2019, 0x201b,
                                                    0x2032, 0x2bb, 0x2bc,  0xa78c};
  return std::find(apostrophes.begin(), apostrophes.end(), c) != apostrophes.end();
}

/// The plain spelling of letters that Unicode does not decompose and that some keyboards lack.
std::string_view plain_letters(std::int32_t c) {
  constexpr std::array<std::pair<std::int32_t, std::string_view>, 19> table{{{0xe6, "ae"},
                                                                             {0xf0, "d"},
                                                                             {0xf8, "o"},
                                                                             {0xfe, "th"},
                                                                             {0x111, "d"},
                                                                             {0x127, "h"},
                                                                             {0x131, "i"},
                                                                             {0x138, "k"},
                                                                             {0x142, "l"},
                                                                             {0x14b, "n"},
                                                                             {0x153, "oe"},
                                                                             {0x167, "t"},
                                                                             {0x199, "k"},
                                                                             {0x1b4, "y"},
                                                                             {0x253, "b"},
                                                                             {0x254, "o"},
                                                                             {0x256, "d"},
                                                                             {0x257, "d"},
                                                                             {0x25b, "e"}}};
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& entry) { return entry.first == c; });
  return found == table.end() ? std::string_view() : found->second;
}

void take_ascii(std::string_view text, Words& words) {
  for (const char c : text) {
    if (c >= 'A' && c <= 'Z') {
      words.letters() += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      words.letters() += c;
    } else if (is_apostrophe(c)) {
      words.apostrophe();
    } else {
      words.end();
    }
  }
}

void take_unicode(std::string_view text, Words& words) {
  // It would decompose into a space and an accent, and people type it for an apostrophe.
  constexpr std::string_view acute = "\u00b4";
  std::string typed(text);
  for (auto at = typed.find(acute); at != typed.npos; at = typed.find(acute, at)) {
    typed.replace(at, acute.size(), "'");
  }
  for (const std::int32_t c : domain::to_folded(typed)) {
    if (is_accent(c)) continue;
    if (is_apostrophe(c)) {
      words.apostrophe();
    } else if (const auto plain = plain_letters(c); !plain.empty()) {
      words.letters() += plain;
    } else if (domain::is_letter_or_digit(c) || domain::is_mark(c)) {
      domain::append_utf8(words.letters(), c);
    } else {
      words.end();
    }
  }
}

std::vector<std::string> words_of(std::string_view text, Parts parts) {
  Words words(parts);
  const bool is_ascii = std::all_of(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  is_ascii ? take_ascii(text, words) : take_unicode(text, words);
  return words.take();
}

}  // namespace

std::vector<std::string> search_words(std::string_view text) {
  return words_of(text, Parts::left_out);
}

std::vector<std::string> indexed_words(std::string_view text) {
  return words_of(text, Parts::words_too);
}

}  // namespace hss::storage
