#include "domain/calendar/slots.h"

#include <algorithm>

namespace hss::domain {
namespace {

int count_of(const TakenPlaces& taken, const Place& place) {
  const auto found = taken.find(place);
  return found == taken.end() ? 0 : found->second;
}

/// Counts what is taken against one limit of a window.
void limit(Slot& slot, std::optional<int> capacity, int taken) {
  if (!capacity) return;
  slot.capacity = std::min(slot.capacity.value_or(*capacity), *capacity);
  slot.free = std::min(slot.free.value_or(*capacity), std::max(0, *capacity - taken));
  slot.over = std::max(slot.over, taken - *capacity);
}

Slot slot_of(const Window& window, std::string_view date, PlaceKind kind,
             const TakenPlaces& taken) {
  const int pickups = count_of(taken, {std::string(date), window.hours, PlaceKind::pickup});
  const int returns = count_of(taken, {std::string(date), window.hours, PlaceKind::handback});
  Slot slot{.hours = window.hours};
  limit(slot, window.capacity, pickups + returns);
  if (kind == PlaceKind::pickup) {
    limit(slot, window.pickup_capacity, pickups);
  } else {
    limit(slot, window.return_capacity, returns);
  }
  return slot;
}

}  // namespace

std::optional<Place> find_pickup_place(std::string_view date, std::string_view window) {
  auto hours = find_hours(window);
  if (!hours) return std::nullopt;
  return Place{std::string(date), *std::move(hours), PlaceKind::pickup};
}

SlotDay slots_on(const Calendar& calendar, std::string_view date, PlaceKind kind,
                 const TakenPlaces& taken, Instant now) {
  SlotDay day{.date = std::string(date), .closed = calendar.why_closed(date)};
  for (const Window& window : calendar.windows_on(date)) {
    Slot slot = slot_of(window, date, kind, taken);
    if (calendar.version > 0) {
      slot.closure = find_closure_of_window(calendar, date, window.hours, now);
    }
    day.slots.push_back(std::move(slot));
  }
  return day;
}

std::optional<int> count_free(const Calendar& calendar, const Place& place,
                              const TakenPlaces& taken) {
  for (const Window& window : calendar.windows_on(place.date)) {
    if (window.hours == place.hours) return slot_of(window, place.date, place.kind, taken).free;
  }
  return std::nullopt;
}

}  // namespace hss::domain
