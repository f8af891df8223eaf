// The fuzz targets: a function each for bytes that an attacker may send, which throws
// std::logic_error if the program broke a promise. tests/fuzz/run feeds them with new inputs,
// corpus_test.cpp with stored ones.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace hss::fuzz {

/// A body, parsed by the forms of bookings and quotes.
void forms(std::string_view input);
/// Bytes of a connection as they arrive, with their number at a time in the first one: checks when
/// a request is complete, and its body.
void framing(std::string_view input);
/// Bytes of a connection to a server behind a socket.
void http(std::string_view input);
/// An event from Lambda.
void lambda(std::string_view input);
/// A file that somebody uploads.
void photos(std::string_view input);
/// The list, the user (fuzzed_servers.h), then its query.
void queries(std::string_view input);
/// Requests to the router, as parsed by requests_of().
void requests(std::string_view input);
/// A bearer token, or the text that somebody signed as one.
void tokens(std::string_view input);

inline void require(bool promise, const std::string& broken) {
  if (!promise) throw std::logic_error(broken);
}

}  // namespace hss::fuzz
