#include "config/config_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "domain/error.h"

namespace hss {
namespace {

using domain::Error;
using domain::ErrorCode;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\v\f";
  text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
  return text.substr(0, text.find_last_not_of(space) + 1);
}

std::string_view without_quotes(std::string_view text) {
  const bool is_quoted = text.size() >= 2 && text.front() == text.back() &&
                         (text.front() == '"' || text.front() == '\'');
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

Error config_error(const std::string& place, const std::string& why) {
  return {ErrorCode::validation_error, place + ": " + why};
}

bool is_setting_name(std::string_view text) {
  const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
  return !text.empty() && text.front() != '-' && std::all_of(text.begin(), text.end(), fits);
}

ConfigLine parse_line(std::string_view text, const std::string& place) {
  if (text.find('\0') != text.npos) throw config_error(place, "this is no text");
  const auto sign = text.find('=');
  ConfigLine line{.name = std::string(trimmed(text.substr(0, sign))), .value = {}, .place = place};
  if (!is_setting_name(line.name))
    throw config_error(place, "write name = value, such as port = 8081");
  if (sign == text.npos) return line;
  line.value = without_quotes(trimmed(text.substr(sign + 1)));
  if (line.value->empty()) {
    throw config_error(place, line.name + " has no value; write one, or take the line out");
  }
  return line;
}

}  // namespace

std::vector<ConfigLine> read_config_file(const std::string& path) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  std::error_code ignored;
  errno = 0;
  std::ifstream file(std::filesystem::path(path), std::ios::binary);
  if (!file || std::filesystem::is_directory(path, ignored)) {
    const std::string why = file ? "it is a folder" : std::strerror(errno);
    throw config_error("the configuration file " + path, "it cannot be read (" + why + ")");
  }
  std::vector<ConfigLine> lines;
  std::size_t number = 0;
  for (std::string line; std::getline(file, line);) {
    std::string_view text = line;
    if (++number == 1 && text.starts_with(byte_order_mark)) text.remove_prefix(3);
    text = trimmed(text);
    if (text.empty() || text.front() == '#' || text.front() == ';') continue;
    lines.push_back(parse_line(text, path + " line " + std::to_string(number)));
  }
  if (file.bad())
    throw config_error("the configuration file " + path, "it cannot be read to its end");
  return lines;
}

}  // namespace hss
