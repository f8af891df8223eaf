#include <signal.h>
#include <stdlib.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "platform/environment.h"
#include "platform/process.h"
#include "platform/stop_request.h"
#include "support.h"

using namespace hss::platform;
using namespace hss::test;

namespace {

/// A folder with stand-ins for a desktop's programs, the first in which programs are looked for.
class Programs {
 public:
  Programs() { ::setenv("PATH", (folder_.file("") + ":" + before_).c_str(), 1); }
  ~Programs() { ::setenv("PATH", before_.c_str(), 1); }
  Programs(const Programs&) = delete;
  Programs& operator=(const Programs&) = delete;

  /// It notes the arguments that it gets.
  void add(const std::string& name, int exit_code) {
    const std::string program = folder_.file(name);
    write_file(program, "#!/bin/sh\nprintf '%s|' " + name + " \"$@\" >>'" + folder_.file("noted") +
                            "'\nexit " + std::to_string(exit_code) + "\n");
    std::filesystem::permissions(program, std::filesystem::perms::owner_all);
  }

  std::string noted() const { return read_file(folder_.file("noted")); }
  std::string file(const char* name) const { return folder_.file(name); }

 private:
  const std::string before_ = std::getenv("PATH");
  TempFolder folder_;
};

}  // namespace

TEST_CASE("a message is shown by the first program of the desktop that can") {
  Programs programs;
  programs.add("zenity", 0);
  programs.add("kdialog", 0);
  CHECK(show_message("HSS", "<b>Port 8081</b> is taken"));
  CHECK(programs.noted() ==
        "zenity|--info|--no-markup|--title=HSS|--text=<b>Port 8081</b> is taken|");
}

TEST_CASE("a message that one program cannot show is shown by the next, also beside a browser") {
  Programs programs;
  programs.add("zenity", 1);
  programs.add("kdialog", 0);
  // From then on children are not waited for.
  CHECK(start_detached({"true"}));
  CHECK(show_message("HSS", "text"));
  CHECK(programs.noted().find("kdialog|--title|HSS|--msgbox|text|") != std::string::npos);
}

TEST_CASE("a message that nothing can show differs from one that was shown") {
  Programs programs;
  for (const char* const name : {"zenity", "kdialog", "xmessage", "notify-send"}) {
    programs.add(name, 1);
  }
  CHECK_FALSE(show_message("HSS", "text"));
}

TEST_CASE("a program that is started has a session, a mask of files and signals of its own") {
  Programs programs;
  const std::string out = programs.file("out");
  std::thread([&] {
    StopRequest blocks_signals;
    CHECK(start_detached(
        {"sh", "-c",
         "{ umask; ps -o sid= -p $$ | tr -d ' '; echo $$; grep SigBlk /proc/self/status; } >'" +
             out + ".part' && mv '" + out + ".part' '" + out + "'"}));
  }).join();
  while (!std::filesystem::exists(out)) std::this_thread::yield();
  const std::string text = read_file(out);
  CHECK(text.starts_with("0022\n"));
  const std::string ids = text.substr(5, text.find('\n', text.find('\n', 5) + 1) - 5);
  CHECK(ids.substr(0, ids.find('\n')) == ids.substr(ids.find('\n') + 1));
  CHECK(text.find("0000000000000000") != std::string::npos);
}

TEST_CASE("a hangup has the program reload, and a signal has it end") {
  std::thread([] {
    StopRequest stop(StopRequest::Hangup::reloads);
    int reloads = 0;
    ::raise(SIGHUP);
    stop.wait([&] {
      ++reloads;
      ::raise(SIGTERM);
    });
    CHECK(reloads == 1);
  }).join();
}

TEST_CASE("a variable that is removed is not in the environment any more") {
  ::setenv("HSS_TEST_VARIABLE", "a=b", 1);
  const auto is_listed = [] {
    for (const std::string& variable : list_variables()) {
      if (variable == "HSS_TEST_VARIABLE=a=b") return true;
    }
    return false;
  };
  CHECK(is_listed());
  remove_variable("HSS_TEST_VARIABLE");
  CHECK_FALSE(is_listed());
  CHECK(std::getenv("HSS_TEST_VARIABLE") == nullptr);
}
