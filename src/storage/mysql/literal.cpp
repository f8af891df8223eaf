#include "storage/mysql/literal.h"

#include <algorithm>

#include "crypto/digest.h"

namespace hss::storage {
namespace {

bool is_plain(char c) {
  return c >= ' ' && c <= '~' && c != '\'' && c != '\\';
}

}  // namespace

void append_text_literal(std::string& sql, std::string_view value) {
  if (std::all_of(value.begin(), value.end(), is_plain)) {
    sql.append("'").append(value).append("'");
  } else {
    sql.append("_utf8mb4 ");
    append_blob_literal(sql, value);
  }
}

void append_blob_literal(std::string& sql, std::string_view value) {
  sql.append("X'").append(crypto::to_hex(value)).append("'");
}

}  // namespace hss::storage
