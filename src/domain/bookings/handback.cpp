#include "domain/bookings/handback.h"

#include <algorithm>
#include <chrono>

#include "domain/bookings/booking.h"
#include "domain/clock.h"
#include "domain/enum_names.h"

namespace hss::domain {
namespace {

constexpr EnumNames<ReturnMethod, all_return_methods.size()> method_names{
    {"deliver", "collect_at_store"}};

int digits_at(std::string_view text, std::size_t at, std::size_t width) {
  int number = 0;
  for (const char digit : text.substr(at, width)) number = number * 10 + (digit - '0');
  return number;
}

}  // namespace

std::string_view to_text(ReturnMethod method) {
  return method_names[method];
}

std::optional<ReturnMethod> find_return_method(std::string_view text) {
  return method_names.find(text);
}

std::string add_months(std::string_view date, int months) {
  using namespace std::chrono;
  constexpr year_month_day last_of_all = year{9999} / December / 31;
  const year_month month =
      year_month{year{digits_at(date, 0, 4)},
                 std::chrono::month{static_cast<unsigned>(digits_at(date, 5, 2))}} +
      std::chrono::months(months);
  if (month > year_month{last_of_all.year(), last_of_all.month()}) {
    return to_date(sys_days{last_of_all});
  }
  const year_month_day_last last = month / std::chrono::last;
  const day wanted{static_cast<unsigned>(digits_at(date, 8, 2))};
  return to_date(sys_days{month / std::min(wanted, last.day())});
}

std::string Booking::due_on() const {
  return add_months(collected_on.empty() ? pickup_date : collected_on, price.duration_months);
}

}  // namespace hss::domain
