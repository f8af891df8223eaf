#pragma once

#include <string>
#include <string_view>

namespace hss::storage {

/// Both append a value as MariaDB and MySQL read it in a statement, in every mode and character set
/// of a session: what is not plain ASCII, or could end a literal, is written as hexadecimal.
void append_text_literal(std::string& sql, std::string_view value);
void append_blob_literal(std::string& sql, std::string_view value);

}  // namespace hss::storage
