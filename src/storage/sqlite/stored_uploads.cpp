#include "storage/sqlite/stored_uploads.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>

#include <iterator>

#include "domain/error.h"
#include "storage/damage.h"
#include "storage/sql/uploads.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

std::vector<domain::Upload> list_stored_uploads(const std::string& database) {
  constexpr int page = 1000;
  try {
    SqliteConnection connection(database, SqliteConnection::Mode::look);
    const bool has_uploads =
        connection.database()
            .execAndGet("SELECT count(*) FROM sqlite_schema WHERE name = 'uploads'")
            .getInt() > 0;
    if (!has_uploads) return {};
    SqlUploadReader reader(connection);
    std::vector<domain::Upload> all;
    for (;;) {
      auto more = reader.list_stored(all.empty() ? "" : all.back().id, page);
      const bool is_last = more.size() < static_cast<std::size_t>(page);
      all.insert(all.end(), std::move_iterator(more.begin()), std::move_iterator(more.end()));
      if (is_last) return all;
    }
  } catch (const SQLite::Exception&) {
  } catch (const DamagedValue&) {
  }
  throw domain::Error(domain::ErrorCode::unavailable,
                      "The photos that " + database + " names cannot be read");
}

}  // namespace hss::storage
