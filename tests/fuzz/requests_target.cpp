#include <algorithm>

#include "fuzz/fuzzed_servers.h"
#include "fuzz/requests.h"
#include "fuzz/targets.h"

namespace hss::fuzz {
namespace {

/// Cuts off and returns the part before the separator; the rest remains.
std::string_view cut(std::string_view& rest, std::string_view separator) {
  const auto end = rest.find(separator);
  const auto part = rest.substr(0, end);
  rest.remove_prefix(end == rest.npos ? rest.size() : end + separator.size());
  return part;
}

std::pair<Who, api::Request> request_of(std::string_view text) {
  api::Request request;
  std::string_view line = cut(text, "\n");
  const std::string_view who = cut(line, " ");
  request.method = cut(line, " ");
  request.target = line;
  while (!text.empty()) {
    line = cut(text, "\n");
    if (line.empty()) break;
    const std::string name(cut(line, ": "));
    request.headers.emplace_back(name, line);
  }
  request.body = text;
  return {who_of(who.empty() ? '0' : who.front()), std::move(request)};
}

}  // namespace

std::vector<std::pair<Who, api::Request>> requests_of(std::string_view input) {
  constexpr std::size_t max = 8;
  std::vector<std::pair<Who, api::Request>> requests;
  while (!input.empty() && requests.size() < max) {
    requests.push_back(request_of(cut(input, "\n%%\n")));
  }
  return requests;
}

void requests(std::string_view input) {
  static FuzzedServers servers;
  servers.run([&] {
    for (auto& [who, request] : requests_of(input)) servers.send(who, std::move(request));
  });
}

}  // namespace hss::fuzz
