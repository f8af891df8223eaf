#include "domain/clock.h"

#include <memory>
#include <utility>

namespace hss::domain {
namespace {

int two_digits(std::string_view text, std::size_t at) {
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// Returns the last `width` digits, with leading zeroes.
void append_digits(std::string& text, unsigned number, int width) {
  const std::size_t end = text.size() + static_cast<std::size_t>(width);
  text.resize(end);
  for (std::size_t at = end; width > 0; --width, number /= 10) {
    text[--at] = static_cast<char>('0' + number % 10);
  }
}

}  // namespace

Clock never_back(Clock now) {
  struct State {
    Instant last;
    Instant::duration ahead{};
  };
  return [now = std::move(now), state = std::make_shared<State>()] {
    const Instant time = now();
    if (time < state->last) state->ahead += state->last - time;
    state->last = time;
    return time + state->ahead;
  };
}

std::string to_date(Instant instant) {
  return to_date(std::chrono::floor<std::chrono::days>(instant));
}

std::string to_date(std::chrono::sys_days date) {
  const std::chrono::year_month_day day{date};
  std::string text;
  text.reserve(std::string_view("2026-11-22T08:00:00.000Z").size());
  append_digits(text, static_cast<unsigned>(int(day.year())), 4);
  text += '-';
  append_digits(text, unsigned(day.month()), 2);
  text += '-';
  append_digits(text, unsigned(day.day()), 2);
  return text;
}

std::string to_day(Instant instant) {
  return to_date(instant + std::chrono::hours(2));
}

std::string to_week(Instant instant) {
  using namespace std::chrono;
  const sys_days day = floor<days>(instant + hours(2));
  return to_date(day - (weekday(day) - Monday));
}

std::vector<std::string> last_weeks(Instant now, int count) {
  std::vector<std::string> weeks;
  for (int ago = count - 1; ago >= 0; --ago)
    weeks.push_back(to_week(now - std::chrono::weeks(ago)));
  return weeks;
}

std::string to_rfc3339(Instant instant) {
  using namespace std::chrono;
  const hh_mm_ss time{floor<milliseconds>(instant - floor<days>(instant))};
  std::string text = to_date(instant);
  const auto append = [&text](char separator, auto number, int width) {
    text += separator;
    append_digits(text, static_cast<unsigned>(number), width);
  };
  append('T', time.hours().count(), 2);
  append(':', time.minutes().count(), 2);
  append(':', time.seconds().count(), 2);
  append('.', time.subseconds().count(), 3);
  return text += 'Z';
}

Instant from_rfc3339(std::string_view text) {
  using namespace std::chrono;
  const sys_days day = year{two_digits(text, 0) * 100 + two_digits(text, 2)} /
                       month{static_cast<unsigned>(two_digits(text, 5))} /
                       std::chrono::day{static_cast<unsigned>(two_digits(text, 8))};
  return day + hours(two_digits(text, 11)) + minutes(two_digits(text, 14)) +
         seconds(two_digits(text, 17)) + milliseconds(two_digits(text, 20) * 10 + (text[22] - '0'));
}

bool is_calendar_date(std::string_view text) {
  constexpr std::string_view shape = "dddd-dd-dd";
  if (text.size() != shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (shape[i] == 'd' ? !digit : text[i] != shape[i]) return false;
  }
  const std::chrono::year_month_day day{
      std::chrono::year{two_digits(text, 0) * 100 + two_digits(text, 2)},
      std::chrono::month{static_cast<unsigned>(two_digits(text, 5))},
      std::chrono::day{static_cast<unsigned>(two_digits(text, 8))}};
  return day.ok() && int(day.year()) >= 1;
}

}  // namespace hss::domain
