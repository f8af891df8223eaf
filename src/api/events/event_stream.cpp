#include "api/events/event_stream.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "api/accounts/account_json.h"
#include "api/http/json.h"
#include "api/http/query.h"

namespace hss::api {
namespace {

std::optional<std::int64_t> parse_event_id(const std::string* text) {
  if (text == nullptr || text->empty()) return std::nullopt;
  constexpr std::size_t max_digits = 18;
  if (text->size() > max_digits || text->find_first_not_of("0123456789") != text->npos) {
    throw bad_query("last_event_id must be the id of an event");
  }
  return std::stoll(*text);
}

/// The last event that the client has received; none if it starts with the next one. The header of
/// a browser that reconnects wins over the address, which keeps its first value.
std::optional<std::int64_t> find_last_event_id(const Request& request) {
  const auto in_address = parse_event_id(request.find_query("last_event_id"));
  const std::string* header = request.find_header("Last-Event-ID");
  return header == nullptr ? in_address : parse_event_id(header);
}

}  // namespace

Response open_event_stream(const Request& request, const Services& services) {
  services.broadcaster->require_room(request.principal);
  const auto last_event_id = find_last_event_id(request);
  const std::int64_t last =
      services.store.read([](domain::Reader& reader) { return reader.outbox().last_event_id(); });
  Response response;
  response.set("Content-Type", "text/event-stream");
  response.set("Cache-Control", "no-store");
  // nginx would otherwise hold events back until its buffer is full.
  response.set("X-Accel-Buffering", "no");
  response.on_stream = [&broadcaster = *services.broadcaster, principal = request.principal,
                        position = std::min(last_event_id.value_or(last), last)](auto sink) {
    broadcaster.add(std::move(sink), principal, position);
  };
  return response;
}

Response create_ticket(const Request& request, const Services& services) {
  parse_object(request, true);
  request.before_wait();
  return private_json_response(201,
                               {{"ticket", services.tickets->issue(request.principal)},
                                {"expires_in", domain::ticket_lasts.count()}},
                               request);
}

}  // namespace hss::api
