#include "log/log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <chrono>
#include <mutex>

#include "api/http/json.h"
#include "api/http/json_text.h"
#include "domain/clock.h"
#include "log/line_queue.h"
#include "platform/output.h"

namespace hss {
namespace {

/// A client's bytes must not control the terminal.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

/// Quotes text as JSON; replaces bytes that are not UTF-8.
std::string quoted(const std::string& text) {
  return api::quoted(api::is_utf8(text) ? text : printable(text));
}

std::string time_now() {
  return domain::to_rfc3339(std::chrono::system_clock::now());
}

std::string json_line(const std::string& message, const char* level) {
  return api::JsonText()
      .open('{')
      .member("time", time_now())
      .member("level", level)
      .member("message", api::is_utf8(message) ? message : printable(message))
      .close('}')
      .take();
}

std::string drop_line(LogFormat format, std::size_t dropped) {
  const std::string text = std::to_string(dropped) +
                           (dropped == 1 ? " line of this log was" : " lines of this log were") +
                           " dropped, as nobody read them";
  return (format == LogFormat::json ? json_line(text, "warning") : "warning: " + text) + "\n";
}

}  // namespace

/// Writes the lines to standard error's queue.
class Log::Sink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  Sink(LogFormat format, LogTime time)
      : queue_(
            platform::Output(platform::StandardStream::error),
            {.pace = time == LogTime::later ? LineQueue::Pace::gathered : LineQueue::Pace::at_once,
             .describe_drop = [format](std::size_t dropped) {
               return drop_line(format, dropped);
             }}) {}

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    line_.clear();
    formatter_->format(message, line_);
    queue_.push({line_.data(), line_.size()}, message.level >= spdlog::level::warn);
  }
  void flush_() override {}

  spdlog::memory_buf_t line_;
  LineQueue queue_;
};

class Log::Writer {
 public:
  Writer(LogFormat format, LogTime time) : logger_("hss", std::make_shared<Sink>(format, time)) {
    // There is nowhere to report that a line was not written; bookings go on.
    logger_.set_error_handler([](const std::string&) {});
  }
  spdlog::logger& logger() { return logger_; }

 private:
  spdlog::logger logger_;
};

Log::Log(LogFormat format, LogTime time)
    : writer_(std::make_unique<Writer>(format, time)), format_(format) {
  writer_->logger().set_pattern(format == LogFormat::json ? "%v" : "%H:%M:%S %v");
}

Log::~Log() = default;

template <class Write>
void Log::attempt(const Write& write) {
  try {
    write(writer_->logger());
  } catch (const std::exception&) {
    // There is no memory for the line, and the work under way matters more.
  }
}

void Log::access(const transport::Access& access) {
  const double milliseconds = static_cast<double>(access.time.count()) / 1000;
  attempt([&](spdlog::logger& logger) {
    if (format_ == LogFormat::human) {
      logger.info("{} {} {} {:.1f} ms {}", printable(access.method), printable(access.path),
                  access.status, milliseconds, access.request_id);
      return;
    }
    logger.info(R"({{"time":"{}","level":"info","method":{},"path":{},"status":{},"ms":{:.3f},)"
                R"("request_id":{},"remote":{}}})",
                time_now(), quoted(access.method), quoted(access.path), access.status, milliseconds,
                quoted(access.request_id), quoted(access.remote_address));
  });
}

void Log::info(const std::string& text) {
  attempt([&](spdlog::logger& logger) {
    logger.info("{}", format_ == LogFormat::human ? text : json_line(text, "info"));
  });
}

void Log::warning(const std::string& text) {
  attempt([&](spdlog::logger& logger) {
    logger.warn("{}",
                format_ == LogFormat::human ? "warning: " + text : json_line(text, "warning"));
  });
}

void Log::failure(const std::string& text) {
  attempt([&](spdlog::logger& logger) {
    logger.error("{}", format_ == LogFormat::human ? "error: " + text : json_line(text, "error"));
  });
}

}  // namespace hss
