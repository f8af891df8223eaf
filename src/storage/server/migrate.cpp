#include "storage/server/migrate.h"

#include <optional>

#include "storage/server/failure.h"

namespace hss::storage {
namespace {

ServerFailure wrong_schema(const std::string& text) {
  return {ServerFailure::Kind::wrong_schema, text};
}

/// Empty if there are no tables, or not all of the first version.
std::optional<std::int64_t> version_of(ServerConnection& connection, const ServerSchema& schema) {
  if (!Query(connection, schema.find_head).step()) return std::nullopt;
  Query row(connection, "SELECT schema_version FROM head");
  if (!row.step()) return std::nullopt;
  return row.integer(0);
}

}  // namespace

std::string ServerSchema::rights_of(const std::string& user) const {
  std::string name(1, quote);
  for (const char c : user) name.append(c == quote ? 2 : 1, c);
  name += quote;
  constexpr std::string_view placeholder = ":\"user\"";
  std::string text = rights;
  for (auto at = text.find(placeholder); at != text.npos; at = text.find(placeholder, at)) {
    text.replace(at, placeholder.size(), name);
    at += name.size();
  }
  return text;
}

std::string ServerSchema::step_to(std::int64_t version) const {
  return std::string(steps[static_cast<std::size_t>(version) - 1]) +
         "\nUPDATE head SET schema_version = " + std::to_string(version) + ";\n";
}

std::string ServerSchema::text_for(const std::string& user) const {
  std::string text;
  for (int each = 1; each <= version(); ++each) text += step_to(each);
  return text + "\n" + rights_of(user);
}

std::int64_t version_to_migrate(ServerConnection& connection, const ServerSchema& schema) {
  const std::int64_t version = version_of(connection, schema).value_or(0);
  if (version > schema.version()) require_version(version, schema.version());
  return version;
}

std::string migrated_text(std::int64_t before, const ServerSchema& schema) {
  return before == schema.version()
             ? "The tables are of this version already"
             : "The tables are now of version " + std::to_string(schema.version());
}

void migrate(ServerConnection& connection, const ServerSchema& schema, const char* lock,
             const std::function<void(const std::string&)>& say) {
  connection.run_script("BEGIN");
  connection.run_script(lock);
  const std::int64_t before = version_to_migrate(connection, schema);
  for (auto version = before + 1; version <= schema.version(); ++version) {
    connection.run_script(schema.step_to(version).c_str());
  }
  connection.run_script("COMMIT");
  say(migrated_text(before, schema));
}

void require_version(ServerConnection& connection, const ServerSchema& schema) {
  const auto version = version_of(connection, schema);
  if (!version) throw wrong_schema("there are no tables, or not all");
  require_version(*version, schema.version());
}

void require_version(std::int64_t found, std::int64_t known) {
  if (found == known) return;
  const auto kind =
      found > known ? ServerFailure::Kind::newer_schema : ServerFailure::Kind::wrong_schema;
  throw ServerFailure(kind, "the tables are of version " + std::to_string(found) +
                                ", this program knows " + std::to_string(known));
}

}  // namespace hss::storage
