#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/check_client.h"

namespace hss::commands {

/// A window of a day.
struct CheckedSlot {
  std::string date;
  std::string window;  ///< as customers choose it: `08:00 – 11:00`
};

/// The points of the checklist about a season: what is free, and one booking that is moved, asked
/// back, missed and seen on its day. They build on each other, as those of the Checklist do. All
/// but the first fail untried where the server is no demo: they never take a place of a business.
/// Of a demo's they take no window's last, and the last point gives back what they took.
class SeasonChecklist {
 public:
  explicit SeasonChecklist(Client& client) : client_(client) {}

  void slots();
  void past_is_closed();
  void book();
  void move();
  void ask_for_return();
  void day();
  void failed_trip();
  void give_back();

 private:
  std::string path() const { return "/api/v1/bookings/" + id_; }
  void require_demo();
  /// The first free window of each day that has one, the latest day first.
  std::vector<CheckedSlot> find_free(const std::string& kind);
  /// None where the window has no limit.
  std::optional<int> count_free(const CheckedSlot& slot, const std::string& kind);
  void require_free_again(const CheckedSlot& slot, const std::string& kind,
                          std::optional<int> before);
  json change(const json& body, const std::string& role);

  Client& client_;
  CheckedSlot first_, second_, return_;  ///< empty until slots() has found them
  std::string id_;                       ///< of the booking; empty until there is one
};

}  // namespace hss::commands
