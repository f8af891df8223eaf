#pragma once

namespace hss::storage {

/// Spares SQLite's page caches a walk through all of their pages at each commit, for the whole
/// process. To be called before SQLite's first use; later, or again, it does nothing.
///
/// After a commit SQLite has its cache forget the pages beyond the file's end. The cache compares
/// with the greatest page number that it ever saw, and as SQLite renumbers pages by way of one at
/// 1 GiB whenever it balances a tree, it then looks at every page that it keeps: a tenth of the
/// writer's time. Here a cache remembers the last page that it really keeps.
void install_page_cache();

}  // namespace hss::storage
