#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace hss::api {

/// Every address of the web UI; `:id` takes any one segment. The UI has the same list
/// (web/src/app/route.ts, which a test compares): what is not in it, it shows as "Page not found".
inline constexpr auto ui_pages = std::to_array<std::string_view>({
    "/",
    "/book/schedule",
    "/book/review",
    "/booking",
    "/booking/:id",
    "/booking/:id/receipt",
    "/staff",
    "/staff/day",
    "/staff/book",
    "/staff/bookings/:id",
    "/admin",
    "/admin/bookings",
    "/admin/audit",
    "/admin/accounts",
    "/admin/calendar",
    "/admin/catalog",
    "/admin/residences",
    "/admin/events",
    "/admin/events/:id",
    "/admin/business",
    "/admin/sheet",
    "/terms",
    "/privacy",
    "/prohibited",
    "/trust",
    "/sign-in",
    "/register",
    "/welcome",
    "/account",
    "/settings",
    "/start",
});

/// True if a path with these segments is in ui_pages. Ignores empty segments, as the UI does:
/// `/staff/` is `/staff`.
bool is_ui_page(const std::vector<std::string>& segments);

}  // namespace hss::api
