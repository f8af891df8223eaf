#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "fuzz/fuzzed_servers.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

struct List {
  const char* path;
  const char* rows;  ///< none: it has no pages
};

constexpr std::array lists{List{"/api/v1/bookings", "bookings"},
                           List{"/api/v1/admin/bookings", "bookings"},
                           List{"/api/v1/staff/queue", "queue"},
                           List{"/api/v1/audit", "events"},
                           List{"/api/v1/bookings/{booking}/notifications", "notifications"},
                           List{"/api/v1/admin/accounts", "accounts"},
                           List{"/api/v1/admin/webhooks/{webhook}/deliveries", "deliveries"},
                           List{"/api/v1/staff/board", ""},
                           List{"/api/v1/admin/statistics", ""},
                           List{"/api/v1/events", ""}};

void walk(FuzzedServers& servers, std::string_view input) {
  const List& list = lists.at(static_cast<unsigned char>(input[0] - 'a') % lists.size());
  const Who who = who_of(input[1]);
  const std::string target = list.path + ("?" + std::string(input.substr(2)));
  // The first of two parameters counts, so each page's cursor goes before the input's own.
  std::set<std::string> seen;
  std::string cursor;
  for (int page = 0; page < 100; ++page) {
    api::Request request;
    request.method = "GET";
    request.target = target;
    if (!cursor.empty()) {
      request.target.insert(target.find('?') + 1, "cursor=" + cursor + "&");
    }
    const auto response = servers.send(who, std::move(request));
    if (response.status != 200 || std::string_view(list.rows).empty()) return;
    const auto body = nlohmann::json::parse(response.content());
    for (const auto& row : body.at(list.rows)) {
      if (!row.contains("id")) continue;
      require(seen.insert(row["id"].dump()).second, "a row is on two pages: " + row.dump());
    }
    if (body.at("next_cursor").is_null()) return;
    require(!body.at(list.rows).empty(), "an empty page says that there are more");
    cursor = body["next_cursor"].get<std::string>();
  }
  require(false, "the pages of " + target + " do not end");
}

}  // namespace

void queries(std::string_view input) {
  static FuzzedServers servers;
  if (input.size() >= 2) servers.run([&] { walk(servers, input); });
}

}  // namespace hss::fuzz
