#pragma once

namespace hss::storage {

/// Spares SQLite's page caches a walk through all of their pages at each commit, for the whole
/// process. Must be called before SQLite's first use; later calls do nothing.
///
/// After a commit SQLite has its cache drop the pages beyond the file's end. The cache compares
/// with the greatest page number that it ever saw. Whenever SQLite balances a tree, it moves
/// pages through a number at 1 GiB, so the cache then visits every page that it keeps: a tenth of
/// the writer's time. This cache remembers the last page that it really keeps.
void install_page_cache();

}  // namespace hss::storage
