#include "storage/sql/token_keys.h"

namespace hss::storage {

template <class Interface>
std::vector<domain::TokenKey> TokenKeyQueries<Interface>::list(std::string_view now) {
  std::vector<domain::TokenKey> keys;
  for (Query rows(connection_,
                  "SELECT bytes, created_at FROM token_keys"
                  " WHERE retires_at IS NULL OR retires_at > ? ORDER BY id DESC",
                  now);
       rows.step();) {
    keys.push_back({.bytes = rows.secret(0), .created_at = rows.text(1)});
  }
  return keys;
}

void SqlTokenKeyWriter::insert(const domain::TokenKey& key, std::string_view retires_at) {
  enqueue(connection_, "DELETE FROM token_keys WHERE retires_at <= ?", key.created_at);
  enqueue(connection_, "UPDATE token_keys SET retires_at = ? WHERE retires_at IS NULL", retires_at);
  enqueue(connection_,
          "INSERT INTO token_keys (id, bytes, created_at)"
          " SELECT coalesce(max(id), 0) + 1, ?, ? FROM token_keys",
          Query::Blob{key.bytes}, key.created_at);
}

template class TokenKeyQueries<domain::TokenKeyReader>;
template class TokenKeyQueries<domain::TokenKeyWriter>;

}  // namespace hss::storage
