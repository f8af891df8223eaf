#include "log.h"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>

#include "domain/clock.h"

namespace hss {
namespace {

using nlohmann::ordered_json;

/// A client's bytes must not steer the terminal.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

std::string json_line(ordered_json fields, const char* level) {
  ordered_json line{{"time", domain::to_rfc3339(std::chrono::system_clock::now())},
                    {"level", level}};
  line.update(fields);
  return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace

class Log::Writer {
 public:
  Writer() : logger_("hss", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
    logger_.flush_on(spdlog::level::warn);
  }
  spdlog::logger& logger() { return logger_; }

 private:
  spdlog::logger logger_;
};

Log::Log(LogFormat format) : writer_(std::make_unique<Writer>()), format_(format) {
  writer_->logger().set_pattern(format == LogFormat::json ? "%v" : "%H:%M:%S %v");
}

Log::~Log() {
  writer_->logger().flush();
}

void Log::access(const transport::Access& access) {
  const double milliseconds = static_cast<double>(access.time.count()) / 1000;
  if (format_ == LogFormat::human) {
    writer_->logger().info("{} {} {} {:.1f} ms {}", printable(access.method),
                           printable(access.path), access.status, milliseconds, access.request_id);
    return;
  }
  writer_->logger().info("{}", json_line({{"method", access.method},
                                          {"path", access.path},
                                          {"status", access.status},
                                          {"ms", milliseconds},
                                          {"request_id", access.request_id},
                                          {"remote", access.remote_address}},
                                         "info"));
}

void Log::info(const std::string& text) {
  writer_->logger().info(
      "{}", format_ == LogFormat::human ? text : json_line({{"message", text}}, "info"));
}

void Log::warning(const std::string& text) {
  writer_->logger().warn("{}", format_ == LogFormat::human
                                   ? "warning: " + text
                                   : json_line({{"message", text}}, "warning"));
}

void Log::failure(const std::string& text) {
  writer_->logger().error("{}", format_ == LogFormat::human
                                    ? "error: " + text
                                    : json_line({{"message", text}}, "error"));
}

}  // namespace hss
