#include "storage/postgres/failure.h"

namespace hss::storage {
namespace {

using Kind = ServerFailure::Kind;

/// Between the severity, in the server's language, and what the server says.
constexpr std::string_view end_of_severity = ":  ";

/// The code in libpq's verbose form of what a server said, `FATAL:  28P01: ...`, or empty.
std::string_view find_sqlstate(std::string_view message) {
  constexpr std::size_t size = 5;
  const auto severity = message.find(end_of_severity);
  if (severity == message.npos) return {};
  const auto code = message.substr(severity + end_of_severity.size());
  return code.size() > size && code[size] == ':' ? code.substr(0, size) : std::string_view();
}

}  // namespace

bool is_from_server(std::string_view message) {
  return message.find(end_of_severity) != message.npos;
}

ServerFailure::Kind kind_of(std::string_view sqlstate) {
  if (sqlstate == "53100") return Kind::full;
  if (sqlstate == "25006") return Kind::read_only;
  if (sqlstate == "57014" || sqlstate == "55P03" || sqlstate == "25P03") return Kind::busy;
  if (sqlstate == "53300") return Kind::crowded;
  if (sqlstate == "42501") return Kind::no_rights;
  if (sqlstate == "42P01" || sqlstate == "42703" || sqlstate == "3F000") return Kind::wrong_schema;
  if (sqlstate.starts_with("28") || sqlstate == "3D000") return Kind::sign_in;
  if (sqlstate.starts_with("53")) return Kind::busy;
  return Kind::other;
}

ServerFailure::Kind kind_of_connecting(std::string_view message) {
  if (const auto sqlstate = find_sqlstate(message); !sqlstate.empty()) {
    // It starts or stops.
    if (sqlstate.starts_with("57P") || sqlstate.starts_with("08")) return Kind::unreachable;
    const Kind kind = kind_of(sqlstate);
    return kind == Kind::no_rights ? Kind::sign_in : kind;
  }
  // What libpq finds by itself has no code, and is in English. Before it stands the host's name.
  constexpr std::string_view end_of_address = "failed: ";
  const auto at = message.rfind(end_of_address);
  const auto reason = at == message.npos ? message : message.substr(at + end_of_address.size());
  const auto has = [&](std::string_view part) { return reason.find(part) != reason.npos; };
  const bool is_cut_off = has("SYSCALL") || has("unexpectedly");
  if (has("certificate") || (has("SSL") && !is_cut_off)) return Kind::certificate;
  if (has("password") || has("authentication")) return Kind::sign_in;
  return Kind::unreachable;
}

}  // namespace hss::storage
