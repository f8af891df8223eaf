#pragma once

#include <memory>
#include <string>

#include "transport/http_server.h"

namespace hss {

enum class LogFormat { human, json };

/// One line a request and one a failure, on standard error: for a person on a terminal, JSON
/// otherwise. Never a password, a token, a query or an address. Thread-safe.
class Log {
 public:
  explicit Log(LogFormat format);
  ~Log();

  void access(const transport::Access& access);
  void info(const std::string& text);
  void warning(const std::string& text);
  void failure(const std::string& text);

 private:
  class Writer;
  std::unique_ptr<Writer> writer_;
  LogFormat format_;
};

}  // namespace hss
