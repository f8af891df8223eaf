#include "log.h"

#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "api/json.h"
#include "api/json_text.h"
#include "domain/clock.h"

namespace hss {
namespace {

/// A client's bytes must not steer the terminal.
std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < 0x20 || c > 0x7e; }, '?');
  return text;
}

/// As JSON; what is not UTF-8 is made so.
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

}  // namespace

/// Standard error, many lines at once.
class Log::Sink final : public spdlog::sinks::base_sink<std::mutex> {
 public:
  explicit Sink(LogTime time) {
    if (time == LogTime::later) thread_ = std::thread([this] { write_now_and_then(); });
  }
  ~Sink() override {
    {
      const std::lock_guard lock(wake_mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
    flush();
  }

 private:
  void sink_it_(const spdlog::details::log_msg& message) override {
    constexpr std::size_t most_held = 64 * 1024;
    formatter_->format(message, lines_);
    if (!thread_.joinable() || lines_.size() > most_held) return flush_();
    if (has_lines_.exchange(true)) return;
    { const std::lock_guard lock(wake_mutex_); }
    wake_.notify_one();
  }

  void flush_() override {
    for (const char* at = lines_.begin(); at != lines_.end();) {
      const auto size = ::write(STDERR_FILENO, at, static_cast<std::size_t>(lines_.end() - at));
      // Nobody can be told that the log cannot be written; the bookings go on.
      if (size < 0 && errno != EINTR) break;
      if (size > 0) at += size;
    }
    lines_.clear();
  }

  void write_now_and_then() {
    constexpr auto delay = std::chrono::milliseconds(50);
    std::unique_lock lock(wake_mutex_);
    while (!stopping_) {
      wake_.wait(lock, [this] { return stopping_ || has_lines_; });
      wake_.wait_for(lock, delay, [this] { return stopping_; });
      lock.unlock();
      has_lines_ = false;
      flush();
      lock.lock();
    }
  }

  spdlog::memory_buf_t lines_;
  std::atomic<bool> has_lines_ = false;
  std::mutex wake_mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

class Log::Writer {
 public:
  explicit Writer(LogTime time) : logger_("hss", std::make_shared<Sink>(time)) {
    logger_.flush_on(spdlog::level::warn);
  }
  spdlog::logger& logger() { return logger_; }

 private:
  spdlog::logger logger_;
};

Log::Log(LogFormat format, LogTime time)
    : writer_(std::make_unique<Writer>(time)), format_(format) {
  writer_->logger().set_pattern(format == LogFormat::json ? "%v" : "%H:%M:%S %v");
}

Log::~Log() = default;

void Log::access(const transport::Access& access) {
  const double milliseconds = static_cast<double>(access.time.count()) / 1000;
  if (format_ == LogFormat::human) {
    writer_->logger().info("{} {} {} {:.1f} ms {}", printable(access.method),
                           printable(access.path), access.status, milliseconds, access.request_id);
    return;
  }
  writer_->logger().info(
      R"({{"time":"{}","level":"info","method":{},"path":{},"status":{},"ms":{:.3f},)"
      R"("request_id":{},"remote":{}}})",
      time_now(), quoted(access.method), quoted(access.path), access.status, milliseconds,
      quoted(access.request_id), quoted(access.remote_address));
}

void Log::info(const std::string& text) {
  writer_->logger().info("{}", format_ == LogFormat::human ? text : json_line(text, "info"));
}

void Log::warning(const std::string& text) {
  writer_->logger().warn(
      "{}", format_ == LogFormat::human ? "warning: " + text : json_line(text, "warning"));
}

void Log::failure(const std::string& text) {
  writer_->logger().error(
      "{}", format_ == LogFormat::human ? "error: " + text : json_line(text, "error"));
}

}  // namespace hss
