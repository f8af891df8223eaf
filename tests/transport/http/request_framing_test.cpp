// Requests end at the same byte, however their bytes arrive.
#include "transport/http/request_framing.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using hss::domain::Error;
using hss::domain::ErrorCode;
using hss::transport::RequestFraming;
using State = RequestFraming::State;

namespace {

constexpr std::size_t max_body = 100;
constexpr std::size_t max_head = 32 * 1024;

struct Result {
  std::string body;      ///< or the error's message
  std::size_t size = 0;  ///< of the request; 0 for an error, and for one that is not complete
  bool operator==(const Result&) const = default;
};

Result rejected(const std::string& why) {
  return {.body = why};
}

/// Reads a request that arrives `piece` bytes at a time, as soon as it is complete.
Result read(const std::string& bytes, std::size_t piece) {
  RequestFraming framing(max_body);
  std::string_view received;
  State state = State::partial;
  while (state != State::complete && received.size() < bytes.size()) {
    received = std::string_view(bytes).substr(0, received.size() + piece);
    state = framing.advance(received);
  }
  if (state != State::complete) return {};
  try {
    framing.head(received);
    std::string body = framing.body(received);
    return {.body = std::move(body), .size = framing.size()};
  } catch (const Error& error) {
    const bool is_too_large = std::string(error.what()).starts_with("The body is larger than");
    CHECK(error.code() ==
          (is_too_large ? ErrorCode::payload_too_large : ErrorCode::validation_error));
    return rejected(error.what());
  }
}

/// Reads the request in several splits, and checks that they have one result.
Result read(const std::string& bytes) {
  const Result result = read(bytes, bytes.size());
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 1000U}) CHECK(read(bytes, piece) == result);
  return result;
}

std::string request(const std::string& headers, const std::string& body) {
  return "POST / HTTP/1.1\r\n" + headers + "\r\n" + body;
}

std::string chunked(const std::string& body) {
  return request("Transfer-Encoding: chunked\r\n", body);
}

const std::string too_large = "The body is larger than 100 bytes";
const std::string no_size = "A chunk has no valid size";

}  // namespace

TEST_CASE("a request ends where its framing says, and the next one begins there") {
  struct Row {
    std::string bytes, body;
  };
  for (const auto& [bytes, body] : std::vector<Row>{
           {"GET / HTTP/1.1\r\n\r\n", ""},
           {"\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n", ""},
           {request("Content-Length: 0\r\n", ""), ""},
           {request("content-LENGTH: \t5 \t\r\n", "abcde"), "abcde"},
           {request("Content-Length: 100\r\n", std::string(100, 'x')), std::string(100, 'x')},
           {request("Transfer-Encoding:CHUNKED\r\n", "0\r\n\r\n"), ""},
           {chunked("3\r\nabc\r\n0A \t;x=y\r\n0123456789\r\n0\r\nX: y\r\n\r\n"), "abc0123456789"},
           {chunked("2\r\n\r\n\r\n0\r\n\r\n"), "\r\n"},
           {chunked("64\r\n" + std::string(100, 'x') + "\r\n000\r\n\r\n"),
            std::string(100, 'x')}}) {
    INFO(bytes);
    CHECK(read(bytes) == Result{body, bytes.size()});
    CHECK(read(bytes + "GET / HTTP/1.1\r\n\r\n", bytes.size() + 18) == Result{body, bytes.size()});
    CHECK(read(bytes.substr(0, bytes.size() - 1)) == Result{});
  }
}

TEST_CASE("a broken framing is rejected, however its bytes arrive") {
  const std::string one_length = "Content-Length must be one whole number";
  const std::string one_coding = "Transfer-Encoding must be chunked or absent";
  const std::string not_encoded = "Content-Length and Transfer-Encoding are not percent-encoded";
  struct Row {
    std::string bytes, why;
  };
  for (const auto& [bytes, why] : std::vector<Row>{
           {"\x16\x03\x01", "This is no HTTP request"},
           {request("Content-Length: 5\r\nContent-Length: 5\r\n", "abcde"), one_length},
           {request("Content-Length: -1\r\n", ""), one_length},
           {request("Content-Length: 2x\r\n", "ab"), one_length},
           {request("Content-Length:\r\n", ""), one_length},
           {request("Content-Length: 99999999999999999999\r\n", ""), one_length},
           {request("Content-Length: 2\r\nContent-Length: %32\r\n", ""), not_encoded},
           {request("Transfer-Encoding: %63hunked\r\n", ""), not_encoded},
           {request("Transfer-Encoding: gzip, chunked\r\n", ""), one_coding},
           {request("Transfer-Encoding: \u00a0chunked\r\n", ""), one_coding},
           {request("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", ""),
            one_coding},
           {request("Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", "{}"),
            "Content-Length and Transfer-Encoding exclude each other"},
           {request("Content-Length: 101\r\n", ""), too_large},
           {chunked("65\r\n"), too_large},
           {chunked("64\r\n" + std::string(100, 'x') + "\r\n1\r\n"), too_large},
           {chunked("ffffffffffffffff\r\n"), too_large},
           {chunked("\r\n"), no_size},
           {chunked("-1\r\n"), no_size},
           {chunked("0x1\r\n"), no_size},
           {chunked(" 1\r\n"), no_size},
           {chunked("10000000000000000\r\n"), no_size},
           {chunked("2\r\nabc\r\n"), "A chunk is longer than its size"},
           {chunked("2\r\nab\n\n"), "A chunk is longer than its size"},
           {chunked("2;a\nb\r\n"), "A chunk has control characters"},
           {chunked("0\r\nX: a\rb\r\n"), "A chunk has control characters"}}) {
    INFO(bytes);
    CHECK(read(bytes) == rejected(why));
  }
}

TEST_CASE("a head has at most 32 KiB") {
  const std::string start = "GET / HTTP/1.1\r\nX: ";
  const std::string largest = start + std::string(max_head - start.size(), 'x');
  CHECK(read(largest + "\r\n\r\n").size == max_head + 4);
  const Result error = rejected("The request's head is larger than 32768 bytes");
  CHECK(read(largest + "x\r\n\r\n") == error);
  CHECK(read(largest + "xxxx") == error);
}

TEST_CASE("what surrounds chunks has bounds") {
  const std::string longest = "1;" + std::string(4094, 'x');
  CHECK(read(chunked(longest + "\r\na\r\n0\r\n\r\n")).body == "a");
  CHECK(read(chunked(longest + "x\r\na\r\n0\r\n\r\n")) == rejected(no_size));
  CHECK(read(chunked(longest + "xx")) == rejected(no_size));
  CHECK(read(chunked("0\r\n" + std::string(4097, 'x') + "\r\n\r\n")) ==
        rejected("The body ended before it was whole"));
  std::string trailers;
  for (int i = 0; i < 32; ++i) trailers += "X: y\r\n";
  CHECK(read(chunked("0\r\n" + trailers + "\r\n")).size > 0);
  CHECK(read(chunked("0\r\n" + trailers + "X: y\r\n")) ==
        rejected("The body has too many trailers"));
  std::string much_around_little;
  for (int i = 0; i < 9; ++i) much_around_little += longest + "\r\na\r\n";
  CHECK(read(chunked(much_around_little)) == rejected(too_large));
}

TEST_CASE("a client waits for a 100 until the first byte of its body") {
  const std::string head = request("Expect: 100-Continue\r\nContent-Length: 2\r\n", "");
  RequestFraming framing(max_body);
  CHECK(framing.advance(head.substr(0, head.size() - 1)) == State::partial);
  CHECK(framing.advance(head) == State::expects_continue);
  CHECK_THROWS_AS(framing.body(head), Error);
  CHECK(framing.advance(head + "a") == State::partial);
  CHECK(framing.advance(head + "ab") == State::complete);
  const auto state_of = [](const std::string& bytes) {
    return RequestFraming(max_body).advance(bytes);
  };
  CHECK(state_of(request("Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n", "")) ==
        State::expects_continue);
  CHECK(state_of(request("Expect: 100-continue\r\n", "")) == State::complete);
  CHECK(state_of(request("Expect: 100-continue\r\nContent-Length: 101\r\n", "")) ==
        State::complete);
  CHECK(state_of("POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n") ==
        State::partial);
}

TEST_CASE("a route may take a larger body than others, in chunks, too") {
  std::vector<std::string> asked;
  const RequestFraming::MaxBody larger = [&](std::string_view line) -> std::optional<std::size_t> {
    asked.emplace_back(line);
    if (line == "PUT /file HTTP/1.1") return 1000;
    return std::nullopt;
  };
  const auto read_body = [&](const std::string& line, const std::string& rest) {
    RequestFraming framing(max_body, &larger);
    const std::string bytes = line + "\r\n" + rest;
    CHECK(framing.advance(bytes) == State::complete);
    try {
      return framing.body(bytes).size();
    } catch (const Error& error) {
      CHECK(error.code() == ErrorCode::payload_too_large);
      return std::size_t{0};
    }
  };
  const auto plain = [](std::size_t size) {
    return "Content-Length: " + std::to_string(size) + "\r\n\r\n" + std::string(size, 'x');
  };
  const std::string chunk = "Transfer-Encoding: chunked\r\n\r\n3e8\r\n";
  CHECK(read_body("PUT /file HTTP/1.1", plain(1000)) == 1000);
  CHECK(read_body("PUT /file HTTP/1.1", plain(1001)) == 0);
  CHECK(read_body("PUT /other HTTP/1.1", plain(101)) == 0);
  CHECK(read_body("PUT /file HTTP/1.1", chunk + std::string(1000, 'x') + "\r\n0\r\n\r\n") == 1000);
  CHECK(read_body("PUT /other HTTP/1.1", chunk) == 0);
  // Most requests cost no look at their route.
  asked.clear();
  CHECK(read_body("PUT /other HTTP/1.1", plain(100)) == 100);
  CHECK(asked.empty());
}
