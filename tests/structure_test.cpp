// A request flows one way, and so do the includes (DESIGN, "Layout").
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <utility>

namespace {

namespace fs = std::filesystem;

/// What each folder of src/ may include besides itself. Files that stand in src/ itself may include
/// anything: they wire. Whoever adds an arrow here has thought about its direction.
const std::map<std::string, std::set<std::string>> may_include{
    {"crypto", {}},
    {"assets", {}},
    {"domain", {}},
    {"metrics", {}},
    {"storage", {"domain", "crypto", "metrics"}},
    {"outgoing", {}},
    {"aws", {"domain", "crypto", "outgoing"}},
    {"events", {"domain", "crypto", "aws", "outgoing"}},
    {"api", {"domain", "events", "assets", "crypto", "metrics"}},
    {"transport", {"api", "domain", "crypto"}},
    {"commands",
     {"api", "domain", "events", "storage", "transport", "crypto", "aws", "metrics", "samples",
      "bench", "(top)"}},
    {"samples", {"domain"}},
    {"bench", {"samples", "domain", "storage", "crypto"}},
};

/// Third-party headers that a folder must not see.
const std::map<std::string, std::vector<std::string>> strangers{
    {"domain",
     {"nlohmann", "SQLiteCpp", "sqlite3", "httplib", "openssl", "spdlog", "CLI", "thread",
      "mutex"}},
    {"api", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog"}},
    {"storage", {"httplib", "CLI", "openssl", "spdlog"}},
    {"events", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog"}},
    {"aws", {"SQLiteCpp", "sqlite3", "httplib", "openssl", "CLI", "spdlog"}},
    {"outgoing", {"SQLiteCpp", "sqlite3", "nlohmann", "CLI", "spdlog"}},
    {"transport", {"SQLiteCpp", "sqlite3", "CLI", "nlohmann"}},
};

/// What is let in nevertheless, and where alone: Lambda's requests and answers are JSON themselves.
const std::set<std::pair<std::string, std::string>> let_in{
    {"transport/lambda_event.cpp", "nlohmann"}};

}  // namespace

TEST_CASE("includes run one way") {
  const fs::path src = fs::path(HSS_SOURCE_DIR) / "src";
  const std::regex include("^\\s*#include [<\"]([^>\"]+)[>\"]");
  int arrows = 0;
  for (const auto& entry : fs::recursive_directory_iterator(src)) {
    const auto extension = entry.path().extension();
    if (extension != ".cpp" && extension != ".h") continue;
    const fs::path relative = fs::relative(entry.path(), src);
    if (!relative.has_parent_path()) continue;
    const std::string folder = relative.begin()->string();
    INFO(relative.string());
    REQUIRE(may_include.contains(folder));

    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      std::smatch match;
      if (!std::regex_search(line, match, include)) continue;
      const std::string header = match[1];
      const auto slash = header.find('/');
      std::string target = header.substr(0, slash);
      if (line.find('"') != line.npos) {
        if (slash == header.npos) target = "(top)";
        ++arrows;
        INFO(folder << " -> " << header);
        CHECK((target == folder || may_include.at(folder).contains(target)));
      } else if (const auto found = strangers.find(folder); found != strangers.end()) {
        for (const std::string& stranger : found->second) {
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
