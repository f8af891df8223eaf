// What is fed with whatever bytes an attacker may send: a function each, which throws
// std::logic_error where the program broke a promise. tests/fuzz/run feeds them with new inputs,
// corpus_test.cpp with those that were kept.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace hss::fuzz {

/// A body, as the forms of bookings and quotes.
void forms(std::string_view input);
/// Bytes of a connection as they arrive, the first one saying how many at a time: when a request is
/// whole, and what its body is.
void framing(std::string_view input);
/// Bytes of a connection, to a server behind a socket.
void http(std::string_view input);
/// An event of Lambda's.
void lambda(std::string_view input);
/// Which list, who asks (world.h), then the query of it.
void queries(std::string_view input);
/// Requests to the router, as requests_of() reads them.
void requests(std::string_view input);
/// A bearer token, or what somebody signed as one.
void tokens(std::string_view input);

inline void require(bool promise, const std::string& broken) {
  if (!promise) throw std::logic_error(broken);
}

}  // namespace hss::fuzz
