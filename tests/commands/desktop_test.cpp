// A start by a double-click, or with less than a shell provides.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>

#include "commands/process.h"
#include "support.h"

using namespace hss::test;

namespace {

/// A fake opener of the desktop's browser: records the addresses that it is given.
class Desktop {
 public:
  Desktop() {
    const std::string program = folder_.file("xdg-open");
    write_file(program, "#!/bin/sh\necho \"$*\" >>\"" + folder_.file("opened") + "\"\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  }

  /// Starts hss as a file manager does: no terminal, and these variables alone.
  std::vector<std::string> start(std::vector<std::string> variables,
                                 const std::vector<std::string>& words) const {
    variables.insert(variables.begin(), {"-i", "PATH=" + folder_.file("")});
    variables.push_back(executable());
    variables.insert(variables.end(), words.begin(), words.end());
    return variables;
  }

  /// Returns the addresses, one a line, once there are any.
  std::string wait_for_addresses() const {
    for (;;) {
      const std::string opened = read_file(folder_.file("opened"));
      if (opened.ends_with('\n')) return opened;
      std::this_thread::yield();
    }
  }

 private:
  TempFolder folder_;
};

}  // namespace

TEST_CASE("a double-click opens the browser at the printed address") {
  const std::string display = GENERATE("DISPLAY=:77", "WAYLAND_DISPLAY=wayland-0");
  const std::vector<std::string> words =
      GENERATE(std::vector<std::string>{"demo", "--port", "0"},
               std::vector<std::string>{"--db", ":memory:", "--port", "0"});
  Desktop desktop;
  TempFolder folder;
  Process hss(folder, "/usr/bin/env", desktop.start({display}, words));
  const std::string url = "http://127.0.0.1:" + std::to_string(hss.port()) + "/\n";
  CHECK(desktop.wait_for_addresses() == url);
  CHECK(hss.is_running());
}

TEST_CASE("no browser opens where there is no desktop, or where it is told not to") {
  struct Row {
    std::vector<std::string> variables, words;
  };
  const Row row = GENERATE(Row{{}, {}}, Row{{"DISPLAY=:77"}, {"--no-open"}},
                           Row{{"DISPLAY=:77"}, {"--open=false"}});
  Desktop desktop;
  TempFolder folder;
  std::vector<std::string> words = row.words;
  words.insert(words.end(), {"--db", ":memory:", "--port", "0"});
  {
    Process hss(folder, "/usr/bin/env", desktop.start(row.variables, words));
    hss.port();
    CHECK(hss.end(SIGTERM).exit_code == 0);
  }
  // By the time that the next server has opened its page, this one would have, too.
  Process next(folder, "/usr/bin/env", desktop.start({}, {"demo", "--port", "0", "--open"}));
  const std::string url = "http://127.0.0.1:" + std::to_string(next.port()) + "/\n";
  CHECK(desktop.wait_for_addresses() == url);
}

TEST_CASE("the flag --open opens the browser without a desktop, also from the configuration file") {
  Desktop desktop;
  TempFolder folder;
  const std::string file = folder.file("hss.conf");
  write_file(file, "open = true\nport = 0\ndb = :memory:\n");
  const auto words = GENERATE_COPY(std::vector<std::string>{"--config", file},
                                   std::vector<std::string>{"demo", "--port", "0", "--open"});
  Process hss(folder, "/usr/bin/env", desktop.start({}, words));
  CHECK(desktop.wait_for_addresses().starts_with("http://127.0.0.1:"));
}

TEST_CASE("a browser that cannot be started is told, with the address to open by hand") {
  TempFolder empty, folder;
  Process hss(folder, "/usr/bin/env",
              {"-i", "DISPLAY=:77", "PATH=" + empty.file(""), executable(), "demo", "--port", "0"});
  const std::string port = std::to_string(hss.port());
  CHECK(hss.wait_for_log("open http://127.0.0.1:" + port + "/ in a browser").find("xdg-open") !=
        std::string::npos);
}

TEST_CASE("a program without standard descriptors serves and keeps its database whole") {
  TempFolder folder;
  const std::string db = folder.file("hss.db");
  Process hss(folder, "/bin/sh",
              {"-c", "exec \"$0\" --db \"$1\" --port 0 --metrics-address 127.0.0.1:0 <&- >&- 2>&-",
               executable(), db});
  // The first start prints what would go into the database if it got these numbers.
  while (!std::filesystem::exists(db + "-wal") && hss.is_running()) std::this_thread::yield();
  for (const int number : {0, 1, 2}) {
    const auto link = "/proc/" + std::to_string(hss.id()) + "/fd/" + std::to_string(number);
    CHECK(std::filesystem::read_symlink(link) == "/dev/null");
  }
  CHECK(hss.end(SIGTERM).exit_code == 0);
}
