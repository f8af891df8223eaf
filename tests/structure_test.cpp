// A request flows one way, and so do the includes (DESIGN, "Layout").
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "places.h"

namespace {

namespace fs = std::filesystem;

/// What each folder of src/ may include besides itself: folders, and with `/…` all inside one. The
/// few files in src/ itself may include anything. Inside domain and api a folder is a noun; which
/// noun may know which is said here. Whoever adds an arrow has thought about its direction.
const std::map<std::string, std::set<std::string>> may_include{
    {"threads", {}},
    {"crypto", {"threads", "platform"}},
    {"assets", {}},
    {"certificates", {"domain", "domain/validation", "crypto", "platform"}},
    {"metrics", {}},
    {"outgoing", {"platform"}},
    {"usage", {}},
    {"platform", {"domain"}},
    {"domain", {"domain/…"}},  // its Store hands out what the nouns keep
    {"domain/validation", {"domain"}},
    {"domain/accounts", {"domain", "domain/validation", "domain/events", "domain/bookings"}},
    {"domain/bookings",
     {"domain", "domain/validation", "domain/accounts", "domain/business", "domain/calendar",
      "domain/catalog", "domain/residences", "domain/events", "domain/payments", "domain/uploads"}},
    {"domain/business",
     {"domain", "domain/validation", "domain/accounts", "domain/events", "domain/payments"}},
    {"domain/calendar", {"domain", "domain/validation", "domain/accounts", "domain/events"}},
    {"domain/catalog", {"domain", "domain/validation", "domain/accounts", "domain/events"}},
    {"domain/events", {"domain", "domain/validation", "domain/accounts"}},
    {"domain/reports", {"domain", "domain/bookings"}},
    {"domain/payments", {"domain", "domain/validation"}},
    {"domain/residences", {"domain", "domain/validation", "domain/accounts"}},
    {"domain/uploads",
     {"domain", "domain/validation", "domain/accounts", "domain/bookings", "domain/events"}},
    {"storage", {"storage/…", "domain/…", "crypto", "metrics", "platform"}},
    {"storage/sql", {"storage", "domain/…", "crypto"}},
    {"storage/sqlite", {"storage", "storage/sql", "domain/…", "crypto", "metrics", "platform"}},
    {"storage/server", {"storage", "storage/sql", "domain/…", "crypto", "metrics"}},
    {"storage/copy",
     {"storage", "storage/sql", "storage/sqlite", "storage/server", "domain/…", "crypto"}},
    {"storage/postgres",
     {"storage", "storage/sql", "storage/server", "domain", "domain/validation"}},
    {"storage/mysql", {"storage", "storage/sql", "storage/server", "domain", "crypto"}},
    {"aws", {"domain", "crypto", "outgoing", "platform"}},
    {"events", {"domain/…", "crypto", "aws", "outgoing", "platform"}},
    {"uploads", {"domain/…", "crypto", "metrics", "aws", "platform"}},
    {"auth", {"domain/…", "crypto", "platform"}},
    {"api", {"api/…", "auth", "domain/…", "events", "metrics", "uploads"}},  // the table of routes
    {"api/http", {"api", "api/site", "auth", "domain/…", "crypto", "metrics", "platform"}},
    {"api/accounts", {"api", "api/http", "auth", "domain/…"}},
    {"api/bookings", {"api", "api/http", "domain/…"}},
    {"api/events", {"api", "api/http", "api/accounts", "auth", "domain/…", "events", "crypto"}},
    {"api/kiosk", {"api", "api/http", "api/accounts", "domain/…", "crypto"}},
    {"api/reports", {"api", "api/http", "domain/…"}},
    {"api/uploads", {"api", "api/http", "auth", "domain/…", "crypto", "uploads"}},
    {"api/site", {"api", "api/http", "domain/…", "assets", "crypto"}},
    {"transport/http", {"threads", "platform", "certificates", "api/http", "auth", "domain/…"}},
    {"transport/lambda", {"transport/http", "api/http", "domain/…", "crypto"}},
    {"log", {"api/http", "domain", "transport/http", "platform"}},
    {"config",
     {"api/http", "auth", "aws", "domain/…", "log", "outgoing", "platform", "storage",
      "transport/http", "uploads", "usage"}},
    {"samples", {"domain/…"}},
    {"bench", {"samples", "domain/…", "storage", "storage/sqlite", "crypto"}},
    {"bench/server", {"bench", "domain", "domain/bookings", "storage", "storage/server", "crypto"}},
    {"desktop",
     {"app", "config", "log", "platform", "api/http", "auth", "domain/…", "samples", "crypto",
      "outgoing", "transport/http"}},
    {"app",
     {"config", "log", "platform", "certificates", "api/…", "auth", "domain/…", "events",
      "storage/…", "transport/…", "crypto", "metrics", "uploads"}},
    {"commands",
     {"app", "desktop", "bench/…", "samples", "certificates", "config", "log", "outgoing",
      "platform", "auth", "domain/…", "storage/…", "transport/…", "crypto", "uploads"}},
};

/// The same for a noun's folder that is not named above.
const std::map<std::string, std::set<std::string>> a_noun_may_include{
    {"domain", {"domain", "domain/validation"}}, {"api", {"api", "api/http", "domain/…"}}};

bool allows(const std::set<std::string>& folders, const std::string& target) {
  if (folders.contains(target)) return true;
  const std::string layer = target.substr(0, target.find('/'));
  return folders.contains(layer + "/…");
}

/// Third-party headers that a folder must not see.
const std::map<std::string, std::vector<std::string>> strangers{
    {"domain",
     {"nlohmann", "SQLiteCpp", "sqlite3", "httplib", "openssl", "spdlog", "CLI", "thread",
      "mutex"}},
    {"api", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog"}},
    {"auth", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog", "nlohmann"}},
    {"storage", {"httplib", "CLI", "openssl", "spdlog"}},
    {"storage/sql", {"SQLiteCpp", "sqlite3", "libpq-fe", "mysql"}},
    {"storage/sqlite", {"libpq-fe", "mysql"}},
    {"storage/server", {"SQLiteCpp", "sqlite3", "libpq-fe", "mysql"}},
    {"storage/postgres", {"SQLiteCpp", "sqlite3", "mysql"}},
    {"storage/mysql", {"SQLiteCpp", "sqlite3", "libpq-fe"}},
    {"events", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog"}},
    {"aws", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog"}},
    {"outgoing", {"SQLiteCpp", "sqlite3", "nlohmann", "CLI", "spdlog"}},
    {"transport", {"SQLiteCpp", "sqlite3", "CLI", "nlohmann"}},
};

/// The exceptions: Lambda's requests and answers are JSON themselves, and so are tokens; who waits
/// for a server's answer asks OpenSSL what it has decrypted already.
const std::set<std::pair<std::string, std::string>> let_in{
    {"transport/lambda/lambda_event.cpp", "nlohmann"},
    {"auth/token.cpp", "nlohmann"},
    {"storage/postgres/connection.cpp", "openssl"}};

/// The libraries, whose headers end as the systems' do. C++'s own have no ending.
const std::vector<std::string> libraries{"CLI/",     "SQLiteCpp/", "httplib.h",
                                         "openssl/", "spdlog/",    "sqlite3.h",
                                         "zlib.h",   "utf8proc.h", "nlohmann/"};

/// What may know a system besides src/platform: the parts that are built for Linux alone.
const std::regex knows_a_system(
    "^(platform|bench|storage/postgres|storage/mysql|transport/lambda)/|^commands/(bench|lambda)");

bool is_of_a_system(const std::string& header) {
  const auto begins = [&](const std::string& library) { return header.starts_with(library); };
  return header.ends_with(".h") && std::none_of(libraries.begin(), libraries.end(), begins);
}

const std::regex include("^\\s*#include [<\"]([^>\"]+)[>\"]");

/// The files of src/, by their names there.
std::vector<fs::path> source_files() {
  const fs::path src = fs::path(hss::test::source_folder()) / "src";
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(src)) {
    const auto extension = entry.path().extension();
    if (extension == ".cpp" || extension == ".h") files.push_back(fs::relative(entry.path(), src));
  }
  return files;
}

std::ifstream open_source(const fs::path& relative) {
  return std::ifstream(fs::path(hss::test::source_folder()) / "src" / relative);
}

}  // namespace

TEST_CASE("only the platform's folder and what is for Linux alone include a system's headers") {
  int headers = 0;
  for (const fs::path& relative : source_files()) {
    const bool may_know = std::regex_search(relative.generic_string(), knows_a_system);
    std::ifstream file = open_source(relative);
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, include) || line.find('<') == line.npos) continue;
      if (!is_of_a_system(match[1])) continue;
      ++headers;
      INFO(relative.generic_string() << " includes <" << match[1] << ">");
      CHECK(may_know);
    }
  }
  CHECK(headers > 10);
}

TEST_CASE("includes run one way") {
  int arrows = 0;
  for (const fs::path& relative : source_files()) {
    if (!relative.has_parent_path()) continue;
    const std::string folder = relative.parent_path().generic_string();
    const std::string layer = relative.begin()->string();
    INFO(relative.string());
    const bool is_named = may_include.contains(folder);
    REQUIRE((is_named || a_noun_may_include.contains(layer)));
    const auto& allowed = is_named ? may_include.at(folder) : a_noun_may_include.at(layer);

    std::ifstream file = open_source(relative);
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      const std::string header = match[1];
      if (line.find('"') != line.npos) {
        const std::string target = fs::path(header).parent_path().generic_string();
        ++arrows;
        INFO(folder << " -> " << header);
        CHECK((target == folder || allows(allowed, target)));
        continue;
      }
      for (const auto& [where, headers] : strangers) {
        if (where != layer && where != folder) continue;
        for (const std::string& stranger : headers) {
          if (let_in.contains({relative.generic_string(), stranger})) continue;
          INFO(folder << " sees <" << header << ">");
          CHECK_FALSE((header == stranger || header == stranger + ".h" ||
                       header.starts_with(stranger + "/")));
        }
      }
    }
  }
  CHECK(arrows > 100);
}

TEST_CASE("nothing waits for an atomic value") {
  // GCC 12 for Windows looks at the value before it takes the lock, and may then sleep for ever.
  const std::regex waits("#include <(latch|barrier|semaphore)>|\\.wait\\((true|false|0)\\)");
  for (const fs::path& relative : source_files()) {
    std::ifstream file = open_source(relative);
    for (std::string line; std::getline(file, line);) {
      INFO(relative.generic_string() << ": " << line);
      CHECK(!std::regex_search(line, waits));
    }
  }
}

TEST_CASE("no thread-local value has a destructor") {
  // GCC for Windows frees such values before it calls their destructors.
  const std::regex harmless(
      "^\\s*thread_local (const )?(std::size_t|std::array<(char|std::uint8_t), \\w+>) ");
  int found = 0;
  for (const fs::path& relative : source_files()) {
    std::ifstream file = open_source(relative);
    for (std::string line; std::getline(file, line);) {
      if (line.find("thread_local ") == line.npos) continue;
      ++found;
      INFO(relative.generic_string() << ": " << line);
      CHECK(std::regex_search(line, harmless));
    }
  }
  CHECK(found > 2);
}
