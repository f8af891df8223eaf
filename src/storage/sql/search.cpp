#include "storage/sql/search.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "domain/clock.h"
#include "domain/reference.h"
#include "domain/validation/phone.h"
#include "domain/validation/text.h"
#include "storage/json_text.h"
#include "storage/search_words.h"

namespace hss::storage {
namespace {

/// Nobody types more words; each costs a walk through its matches.
constexpr std::size_t max_words = 8;

/// The size in bytes of the first character of valid UTF-8.
std::size_t size_of_first(std::string_view utf8) {
  const auto lead = static_cast<unsigned char>(utf8.front());
  return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// The date at the beginning of `text` in its stored format: for 2026-12-16 and 16/12/2026. Empty
/// if there is none.
std::string date_at(std::string_view text) {
  constexpr std::size_t size = 10;
  if (text.size() < size || (text.size() > size && is_digit(text[size]))) return {};
  const auto has_form = [&](std::string_view form) {
    return std::equal(form.begin(), form.end(), text.begin(), [](char wanted, char c) {
      return wanted == '0' ? is_digit(c) : c == '-' || c == '/' || c == '.';
    });
  };
  std::string date;
  if (has_form("0000-00-00")) {
    date.append(text.substr(0, 4)).append("-").append(text.substr(5, 2)).append("-");
    date.append(text.substr(8, 2));
  } else if (has_form("00-00-0000")) {
    date.append(text.substr(6, 4)).append("-").append(text.substr(3, 2)).append("-");
    date.append(text.substr(0, 2));
  }
  return domain::is_calendar_date(date) ? date : std::string();
}

/// Removes the first date from the text and returns it.
std::string take_date(std::string& text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    std::string date = date_at(std::string_view(text).substr(at));
    if (date.empty()) continue;
    text.replace(at, date.size(), " ");
    return date;
  }
  return {};
}

/// True if a reference may begin with the word.
bool may_begin_code(std::string_view word) {
  constexpr std::size_t code_size = 10;
  return !word.empty() && word.size() <= code_size &&
         word.find_first_not_of("0123456789abcdefghijklmnopqrstvwxyz") == word.npos;
}

/// `hss`, which a search ignores, as all references have it.
std::string reference_letters() {
  std::string letters;
  for (const std::string& word : search_words(domain::booking_prefix)) letters += word;
  return letters;
}

bool begins_one(const std::vector<std::string>& words, std::string_view asked) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return word.starts_with(asked); });
}

/// A whole number as one word, from its end, as many begin alike.
std::string word_of_phone(std::string_view e164) {
  std::string word = "z";
  word.append(e164.rbegin(), e164.rend() - 1);
  return word;
}

/// The words by which a telephone number is found: it as one word, and its beginnings as people
/// dial it, with and without the country's code.
std::string phone_words(std::string_view phone) {
  std::string digits;
  std::copy_if(phone.begin(), phone.end(), std::back_inserter(digits), is_digit);
  const std::string e164 = domain::to_e164(phone);
  if (e164.empty()) return digits;
  constexpr std::string_view own_country = "+27";
  std::string words = word_of_phone(e164) + " " + e164.substr(1);
  if (e164.starts_with(own_country)) words += " 0" + e164.substr(own_country.size());
  return words;
}

/// A telephone number in a text.
struct TypedPhone {
  std::size_t at = 0, size = 0;
  std::string text;
};

/// The first one, at the beginning or behind a space.
std::optional<TypedPhone> find_phone(std::string_view text) {
  constexpr std::string_view of_phone = "0123456789 -./()";
  constexpr std::ptrdiff_t fewest_digits = 7;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool begins = (text[at] == '0' || text[at] == '+') && (at == 0 || text[at - 1] == ' ');
    if (!begins) continue;
    const std::size_t end = std::min(text.size(), text.find_first_not_of(of_phone, at + 1));
    const std::string typed(domain::trim(text.substr(at, end - at)));
    if (std::count_if(typed.begin(), typed.end(), is_digit) < fewest_digits) continue;
    if (domain::is_phone(typed)) return TypedPhone{at, end - at, typed};
  }
  return std::nullopt;
}

/// Replaces a telephone number in the text by its word; its beginning, by its digits.
void join_phone(std::string& text) {
  const auto phone = find_phone(text);
  if (!phone) return;
  std::string word;
  if (const std::string e164 = domain::to_e164(phone->text); !e164.empty()) {
    word = word_of_phone(e164);
  } else {
    std::copy_if(phone->text.begin(), phone->text.end(), std::back_inserter(word), is_digit);
  }
  text.replace(phone->at, phone->size, word + " ");
}

/// The words of what a customer wrote, and of the telephone numbers in it and beside it: some give
/// theirs as an e-mail address, or with where they live.
std::vector<std::string> words_of_customer(std::string_view name, std::string_view email,
                                           std::string_view address, std::string_view phone) {
  std::string text;
  for (const std::string_view part : {name, email, address}) {
    text.append(part).append(" ");
    if (const auto in_it = find_phone(part)) text.append(phone_words(in_it->text)).append(" ");
  }
  if (!phone.empty()) text.append(phone_words(phone));
  return indexed_words(text);
}

std::vector<std::string> words_of_items(std::string_view json) {
  std::vector<std::string> words;
  for (const domain::Item& item : items_of(json)) {
    for (std::string& word :
         indexed_words(item.type + ' ' + item.label + ' ' + item.name.value_or(""))) {
      words.push_back(std::move(word));
    }
  }
  return words;
}

}  // namespace

std::string_view first_letters(std::string_view word, int count) {
  std::size_t size = 0;
  for (int i = 0; i < count; ++i) {
    if (size >= word.size()) return {};
    size += size_of_first(word.substr(size));
  }
  return word.substr(0, size);
}

std::string booking_words(const domain::Booking& booking) {
  return booking_words(booking.id, booking.customer_name, booking.email, booking.address,
                       booking.contact.phone);
}

std::string booking_words(std::string_view id, std::string_view customer_name,
                          std::string_view email, std::string_view address,
                          std::string_view phone) {
  std::string words;
  const auto add = [&](const std::vector<std::string>& more) {
    for (const std::string& word : more) words.append(word).push_back(' ');
  };
  add(indexed_words(id.substr(domain::booking_prefix.size())));
  add(words_of_customer(customer_name, email, address, phone));
  return words;
}

Search::Search(std::string_view q) : reference_(domain::find_reference(q)) {
  std::string text(q);
  date_ = take_date(text);
  join_phone(text);
  const std::string typed = domain::to_lower(q);
  static const std::string prefix = reference_letters();
  std::vector<std::string> words = search_words(text);
  for (std::size_t i = 0; i < words.size() && words_.size() < max_words; ++i) {
    const std::string& word = words[i];
    const bool is_before_code =
        word == prefix && i + 1 < words.size() && may_begin_code(words[i + 1]);
    if (is_before_code) continue;
    const std::string code = word.starts_with(prefix) ? word.substr(prefix.size()) : "";
    words_.push_back({.text = word,
                      .code = may_begin_code(code) ? code : "",
                      .is_as_typed = typed.find(word) != typed.npos});
  }
}

bool Search::may_mean_items(const domain::Catalog& catalog) const {
  constexpr std::size_t min_letters = 3;
  std::vector<std::string> known;
  for (const domain::CatalogItem& item : catalog.items) {
    for (std::string& word : indexed_words(item.type + ' ' + item.label)) {
      known.push_back(std::move(word));
    }
  }
  return std::any_of(words_.begin(), words_.end(), [&](const Word& word) {
    return word.text.size() >= min_letters && begins_one(known, word.text);
  });
}

bool Search::finds(const domain::Booking& booking, std::string_view items) const {
  if (!date_.empty() && booking.pickup_date != date_) return false;
  const std::string code =
      domain::to_lower(std::string_view(booking.id).substr(domain::booking_prefix.size()));
  const auto words = words_of_customer(booking.customer_name, booking.email, booking.address,
                                       booking.contact.phone);
  std::vector<std::string> more;
  bool has_items = false;
  return std::all_of(words_.begin(), words_.end(), [&](const Word& asked) {
    if (begins_one(words, asked.text)) return true;
    if (asked.is_as_typed && code.starts_with(asked.text)) return true;
    if (!asked.code.empty() && (code.starts_with(asked.code) || begins_one(words, asked.code))) {
      return true;
    }
    if (!std::exchange(has_items, true)) more = words_of_items(items);
    return begins_one(more, asked.text);
  });
}

}  // namespace hss::storage
