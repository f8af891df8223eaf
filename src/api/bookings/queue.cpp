#include "api/bookings/queue.h"

#include "api/bookings/booking_json.h"
#include "api/http/page.h"
#include "api/http/query.h"
#include "domain/bookings/board.h"

namespace hss::api {

Query list_queue(const Request& request, const Services&) {
  const auto status = find_choice(request, "status", domain::queue_statuses);
  return [&request, status, page = parse_page(request)](domain::Reader& reader) {
    JsonText text;
    text.open('{');
    write(text, reader.bookings().list_queue(status, page), "queue");
    return json_response(200, std::move(text), request);
  };
}

Query get_board(const Request& request, const Services&) {
  return [&request, limit = parse_limit(request)](domain::Reader& reader) {
    JsonText text;
    text.open('{').open("columns", '[');
    for (const auto& column : domain::board(reader, limit)) {
      text.open('{').member("status", domain::to_text(column.status)).member("count", column.count);
      write(text, column.bookings.rows, "bookings");
      text.member("next_cursor", column.bookings.next_cursor).close('}');
    }
    text.close(']');
    return json_response(200, std::move(text), request);
  };
}

}  // namespace hss::api
