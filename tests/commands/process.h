// The executable itself, started as a user starts it.
#pragma once

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include "places.h"
#include "support.h"

extern char** environ;

namespace hss::test {

struct Outcome {
  int exit_code = -1;
  std::string out, error;
};

/// A running `hss`, its input and output in files of the folder.
class Process {
 public:
  Process(const TempFolder& folder, std::vector<std::string> words, const std::string& input = "")
      : Process(folder, executable(), std::move(words), input) {}
  /// Starts it by another name.
  Process(const TempFolder& folder, const std::string& executable, std::vector<std::string> words,
          const std::string& input = "")
      : out_(folder.file("stdout")), error_(folder.file("stderr")) {
    words.insert(words.begin(), executable);
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    write_file(folder.file("stdin"), input);
    // Under an emulator it may open them later than this ends; what another one said is gone by
    // then.
    write_file(out_, "");
    write_file(error_, "");
    posix_spawn_file_actions_addopen(&files, 0, folder.file("stdin").c_str(), O_RDONLY, 0);
    // This process may ignore the signal, as servers do; a user's shell does not.
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigdefault(&attributes, &broken_pipe);
    const int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&files, 1, out_.c_str(), flags, 0600);
    posix_spawn_file_actions_addopen(&files, 2, error_.c_str(), flags, 0600);
    // A test in the same process that started a browser has left it ignoring how its children end.
    ::signal(SIGCHLD, SIG_DFL);
    REQUIRE(posix_spawn(&id_, executable.c_str(), &files, &attributes, pointers.data(), environ) ==
            0);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  ~Process() {
    if (id_ > 0) end(SIGKILL);
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Waits for the line that names the port, and returns it.
  int port() {
    for (;;) {
      const std::string out = read_file(out_);
      if (const auto at = out.find("http://127.0.0.1:");
          at != out.npos && out.find('\n', at) != out.npos) {
        return std::stoi(out.substr(at + 17));
      }
      int status = 0;
      if (::waitpid(id_, &status, WNOHANG) == id_) {
        id_ = 0;
        FAIL("hss ended: " << read_file(error_));
      }
      std::this_thread::yield();
    }
  }

  /// The output so far, once `text` is in it.
  std::string wait_for_output(const std::string& text) { return wait_for(out_, text); }
  std::string wait_for_log(const std::string& text) { return wait_for(error_, text); }

  /// The output so far.
  std::string output() const { return read_file(out_); }
  std::string log() const { return read_file(error_); }

  bool is_running() {
    int status = 0;
    if (id_ > 0 && ::waitpid(id_, &status, WNOHANG) == id_) {
      id_ = 0;
      exit_status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    return id_ > 0;
  }
  /// Set once it has ended; -1 if a signal ended it.
  int exit_status() const { return exit_status_; }

  pid_t id() const { return id_; }
  void send(int signal) {
    // As process 0 this would end whoever runs the tests.
    if (id_ <= 0) FAIL("hss has ended already: " << read_file(error_));
    ::kill(id_, signal);
  }
  Outcome end(int signal) {
    send(signal);
    return wait();
  }
  Outcome wait() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = 0;
    return {.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            .out = read_file(out_),
            .error = read_file(error_)};
  }

 private:
  static std::string wait_for(const std::string& file, const std::string& text) {
    for (;;) {
      std::string said = read_file(file);
      if (said.find(text) != said.npos) return said;
      std::this_thread::yield();
    }
  }

  std::string out_, error_;
  pid_t id_ = 0;
  int exit_status_ = -1;
};

inline Outcome run(const TempFolder& folder, std::vector<std::string> words,
                   const std::string& input = "") {
  return Process(folder, std::move(words), input).wait();
}

/// Runs it with these variables alone, `NAME=value` each, and without a terminal.
inline Outcome run_in(const TempFolder& folder, std::vector<std::string> variables,
                      const std::vector<std::string>& words) {
  variables.insert(variables.begin(), "-i");
  variables.push_back(executable());
  variables.insert(variables.end(), words.begin(), words.end());
  return Process(folder, "/usr/bin/env", std::move(variables)).wait();
}

inline std::size_t lines_of(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace hss::test
