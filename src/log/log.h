#pragma once

#include <memory>
#include <string>

#include "transport/http/http_server.h"

namespace hss {

enum class LogFormat { human, json };

/// `later`: some tens of milliseconds later, so that a busy server writes many lines at once;
/// failures and warnings go sooner, with the lines before them. `at_once`: before the call returns.
enum class LogTime { later, at_once };

/// Writes one line a request and one a failure to standard error: for a person on a terminal, JSON
/// otherwise. Never logs a password, a token, a query or an address. Never makes a caller wait:
/// lines that nobody reads are dropped and counted (line_queue.h). Thread-safe, and throws nothing.
class Log {
 public:
  explicit Log(LogFormat format, LogTime time = LogTime::later);
  ~Log();

  void access(const transport::Access& access);
  void info(const std::string& text);
  void warning(const std::string& text);
  void failure(const std::string& text);

 private:
  class Sink;
  class Writer;
  template <class Write>
  void attempt(const Write& write);

  std::unique_ptr<Writer> writer_;
  LogFormat format_;
};

}  // namespace hss
