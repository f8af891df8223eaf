// Nobody may stop the server by not reading its log: bookings matter more.
#include <fcntl.h>
#include <httplib.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>

#include "api/api_fixture.h"
#include "commands/process.h"
#include "log/line_queue.h"
#include "support.h"

using namespace hss::test;

namespace {

/// A file that accepts no more than fits: a pipe that nobody reads, or a terminal after Ctrl+S.
/// Full from the start.
class StuckReader {
 public:
  explicit StuckReader(bool is_terminal) {
    if (is_terminal) {
      reader_ = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
      REQUIRE((::grantpt(reader_) == 0 && ::unlockpt(reader_) == 0));
      path_ = ::ptsname(reader_);
      writer_ = ::open(path_.c_str(), O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
      REQUIRE(::write(reader_, "\x13", 1) == 1);
    } else {
      path_ = folder_.file("fifo");
      REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
      reader_ = writer_ = ::open(path_.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    }
    REQUIRE(writer_ >= 0);
    pollfd entry{.fd = writer_, .events = POLLOUT, .revents = 0};
    const std::string much(1024, '.');
    // A terminal notices the pause only later.
    while (::write(writer_, much.data(), much.size()) > 0 || ::poll(&entry, 1, 50) == 1) continue;
  }
  ~StuckReader() {
    if (writer_ != reader_) ::close(writer_);
    ::close(reader_);
  }
  StuckReader(const StuckReader&) = delete;
  StuckReader& operator=(const StuckReader&) = delete;

  const std::string& path() const { return path_; }

 private:
  TempFolder folder_;
  std::string path_;
  int reader_ = -1, writer_ = -1;
};

/// Both ends of a pipe, which is read only on request.
struct Pipe {
  Pipe() { REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0); }
  ~Pipe() {
    for (const int end : ends) ::close(end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  std::string read_line() const {
    std::string line;
    for (char c = 0; c != '\n'; line += c) {
      if (::read(ends[0], &c, 1) != 1) throw std::runtime_error("the pipe has ended");
    }
    return line;
  }

  std::array<int, 2> ends{};
};

hss::LineQueue::Options of_size(std::size_t max_queued) {
  return {.max_queued = max_queued,
          .describe_drop = [](std::size_t lines) { return std::to_string(lines) + " dropped\n"; }};
}

}  // namespace

TEST_CASE("a server whose log nobody reads answers, and ends") {
  const StuckReader log(GENERATE(false, true));
  TempFolder folder;
  Process hss(folder, "/bin/sh",
              {"-c", "exec \"$0\" --db \"$1\" --port 0 2>\"$2\"", executable(),
               folder.file("hss.db"), log.path()});
  httplib::Client client("127.0.0.1", hss.port());
  client.set_keep_alive(true);
  client.set_tcp_nodelay(true);
  client.set_read_timeout(60);
  const std::string booking = booking_body().dump();
  for (int i = 0; i < 1000; ++i) {
    REQUIRE(client.Get("/health"));
    if (i % 10 != 0) continue;
    const auto made = client.Post("/api/v1/bookings", booking, "application/json");
    REQUIRE(made);
    CHECK(made->status == 201);
  }
  const auto start = std::chrono::steady_clock::now();
  CHECK(hss.end(SIGTERM).exit_code == 0);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
}

TEST_CASE("a server whose first words nobody reads serves, and ends") {
  const StuckReader output(GENERATE(false, true));
  TempFolder folder;
  Process hss(
      folder, "/bin/sh",
      {"-c",
       "exec \"$0\" --db :memory: --port 0 --metrics-address 127.0.0.1:0 --log-format human "
       ">\"$1\"",
       executable(), output.path()});
  const std::string place = "metrics are at http://127.0.0.1:";
  const std::string log = hss.wait_for_log("without a sign-in");
  httplib::Client client("127.0.0.1", std::stoi(log.substr(log.find(place) + place.size())));
  const auto figures = client.Get("/metrics");
  REQUIRE(figures);
  CHECK(figures->status == 200);
  CHECK(hss.end(SIGTERM).exit_code == 0);
}

TEST_CASE("a start that fails says so and ends, whoever reads") {
  const StuckReader log(GENERATE(false, true));
  TempFolder folder;
  const std::string words = GENERATE("--port 70000", "--db /proc/hss.db");
  Process hss(folder, "/bin/sh",
              {"-c", "exec \"$0\" " + words + " 2>\"$1\"", executable(), log.path()});
  CHECK(hss.wait().exit_code > 0);
}

TEST_CASE("lines that nobody takes are dropped and counted, and the count is told once they are") {
  Pipe pipe;
  hss::LineQueue queue(hss::platform::Output(pipe.ends[1]), of_size(100 * 1024));
  constexpr int lines = 1000;
  for (int i = 0; i < lines; ++i) queue.push(std::string(1023, 'x') + "\n", i % 2 == 0);
  int taken = 0, dropped = 0, more = 0;
  for (std::string line; line != "it goes on\n"; line = pipe.read_line()) {
    if (line.starts_with('x')) ++taken;
    if (line.ends_with(" dropped\n")) dropped += std::stoi(line);
    // Goes on until one of these lines finds room again.
    if (dropped > 0) {
      queue.push("it goes on\n", true);
      ++more;
    }
  }
  CHECK(dropped > 0);
  CHECK(taken + dropped >= lines);
  CHECK(taken + dropped <= lines + more);
}

TEST_CASE("what waits is written at the end where somebody reads it") {
  Pipe pipe;
  {
    hss::LineQueue queue(hss::platform::Output(pipe.ends[1]), of_size(1024));
    queue.push("the last words\n", false);
  }
  CHECK(pipe.read_line() == "the last words\n");
}

TEST_CASE("a queue that is written at once waits for no reader either, and goes on with one") {
  Pipe pipe;
  auto options = of_size(10 * 1024);
  options.pace = hss::LineQueue::Pace::at_once;
  hss::LineQueue queue(hss::platform::Output(pipe.ends[1]), options);
  queue.push("first\n", true);
  CHECK(pipe.read_line() == "first\n");
  for (int i = 0; i < 1000; ++i) queue.push(std::string(1023, 'x') + "\n", true);
  // A pipe has room for less than a megabyte; waiting lines go out with those that come once it is
  // read.
  while (!pipe.read_line().ends_with(" dropped\n")) queue.push("more\n", true);
}
