#include "storage/server/portable_sql.h"

#include <algorithm>
#include <array>

namespace hss::storage {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

class Translation {
 public:
  Translation(std::string_view sql, Placeholders placeholders)
      : rest_(sql), placeholders_(placeholders) {}

  PortableSql result() {
    while (!rest_.empty()) take_next();
    return std::move(result_);
  }

 private:
  void take_next() {
    const char c = rest_.front();
    if (c == '\'' || c == '"') {
      copy(std::min(rest_.find(c, 1), rest_.size() - 1) + 1);
    } else if (c == '?') {
      take_parameter();
    } else if (c == '+' && rest_.size() > 1 && is_letter(rest_[1])) {
      rest_.remove_prefix(1);  // a sum has a space behind its plus
    } else if (!take_hint()) {
      copy(is_letter(c) ? size_of_word() : 1);
    }
  }

  bool take_hint() {
    if (rest_.starts_with("INDEXED BY ")) {
      rest_.remove_prefix(std::string_view("INDEXED BY ").size());
      rest_.remove_prefix(size_of_word());
      return true;
    }
    constexpr std::array<std::string_view, 2> hints{"NOT INDEXED", "CROSS "};
    const auto hint = std::find_if(hints.begin(), hints.end(),
                                   [this](auto each) { return rest_.starts_with(each); });
    if (hint == hints.end()) return false;
    rest_.remove_prefix(hint->size());
    return true;
  }

  void take_parameter() {
    rest_.remove_prefix(1);
    int number = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      number = number * 10 + (rest_.front() - '0');
    }
    last_ = number == 0 ? last_ + 1 : number;
    if (placeholders_ == Placeholders::numbered) {
      result_.text += "$" + std::to_string(last_);
      while (static_cast<int>(result_.values.size()) < last_) {
        result_.values.push_back(static_cast<int>(result_.values.size()) + 1);
      }
    } else {
      result_.text += '?';
      result_.values.push_back(last_);
    }
  }

  std::size_t size_of_word() const {
    const auto end = std::find_if(rest_.begin(), rest_.end(),
                                  [](char c) { return !is_letter(c) && !is_digit(c); });
    return static_cast<std::size_t>(end - rest_.begin());
  }

  void copy(std::size_t size) {
    result_.text.append(rest_.substr(0, size));
    rest_.remove_prefix(size);
  }

  std::string_view rest_;
  const Placeholders placeholders_;
  int last_ = 0;
  PortableSql result_;
};

}  // namespace

std::string with_rows(std::string_view insert, int rows) {
  const auto values = insert.rfind('(');
  std::string text(insert);
  for (int row = 1; row < rows; ++row) text.append(", ").append(insert.substr(values));
  return text;
}

PortableSql to_portable(std::string_view sql, Placeholders placeholders) {
  return Translation(sql, placeholders).result();
}

}  // namespace hss::storage
