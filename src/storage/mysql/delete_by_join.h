#pragma once

#include <string>
#include <string_view>

namespace hss::storage {

/// Turns `DELETE FROM t WHERE c AND (k) IN (SELECT k FROM (q) AS some)` into a deletion of the rows
/// of t that join q: for the first MariaDB before 11.1 reads the whole table. Another statement
/// stays as it is.
std::string delete_by_join(std::string_view sql);

}  // namespace hss::storage
