#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "config/config.h"

namespace hss {

/// Values as they were given; empty if not set.
struct GivenOptions {
  std::string config_file;
  std::string log_format;
  std::string auth;
  std::vector<std::string> allowed_origins;
  int kiosk_lock_after = 60;  ///< seconds
  transport::TlsFiles tls;
  std::string metrics;
  std::string backup_to, backup_every = "1h";
  int backup_keep = 48;
  std::string uploads;
  int uploads_max = 5;  ///< GiB
  int uploads_keep_days = 90;
  bool has_presigned_uploads = false;
  uploads::Bucket bucket;
  bool open = false, is_open_said = false;
  std::string ends_after = "30m";
  bool allow_sqlite = false;
  std::string shell;  ///< whose completion is asked for
};

/// The options of every command. Flags win over environment variables. All arguments outlive `app`.
void add_options(CLI::App& app, Config& config, GivenOptions& given);

/// The commands with options of their own.
void add_commands(CLI::App& app, Config& config, GivenOptions& given);

}  // namespace hss
