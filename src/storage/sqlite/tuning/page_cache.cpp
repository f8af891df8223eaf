#include "storage/sqlite/tuning/page_cache.h"

#include <sqlite3.h>

#include <algorithm>
#include <new>

namespace hss::storage {
namespace {

sqlite3_pcache_methods2 usual;

struct Cache {
  sqlite3_pcache* pages;
  unsigned last = 0;   ///< the greatest page number,
  unsigned stray = 0;  ///< except for this page's, which is on its way to another number; 0: none
};

Cache& of(sqlite3_pcache* cache) {
  return *reinterpret_cast<Cache*>(cache);
}

sqlite3_pcache* create(int page_size, int extra_size, int is_purgeable) {
  sqlite3_pcache* const pages = usual.xCreate(page_size, extra_size, is_purgeable);
  if (pages == nullptr) return nullptr;
  auto* const cache = new (std::nothrow) Cache{pages};
  if (cache == nullptr) usual.xDestroy(pages);
  return reinterpret_cast<sqlite3_pcache*>(cache);
}

void destroy(sqlite3_pcache* cache) {
  usual.xDestroy(of(cache).pages);
  delete &of(cache);
}

sqlite3_pcache_page* fetch(sqlite3_pcache* cache, unsigned number, int create) {
  sqlite3_pcache_page* const page = usual.xFetch(of(cache).pages, number, create);
  if (page != nullptr) of(cache).last = std::max(of(cache).last, number);
  return page;
}

void rekey(sqlite3_pcache* cache, sqlite3_pcache_page* page, unsigned from, unsigned to) {
  Cache& it = of(cache);
  usual.xRekey(it.pages, page, from, to);
  if (from == it.stray) it.stray = 0;
  if (to <= it.last) return;
  if (it.stray == 0) {
    it.stray = to;
  } else {
    it.last = std::max(it.last, to);
  }
}

void truncate(sqlite3_pcache* cache, unsigned first) {
  Cache& it = of(cache);
  if (std::max(it.last, it.stray) < first) return;
  usual.xTruncate(it.pages, first);
  it.last = std::min(it.last, first == 0 ? 0 : first - 1);
  if (it.stray >= first) it.stray = 0;
}

void set_size(sqlite3_pcache* cache, int pages) {
  usual.xCachesize(of(cache).pages, pages);
}

int count(sqlite3_pcache* cache) {
  return usual.xPagecount(of(cache).pages);
}

void unpin(sqlite3_pcache* cache, sqlite3_pcache_page* page, int discard) {
  usual.xUnpin(of(cache).pages, page, discard);
}

void shrink(sqlite3_pcache* cache) {
  usual.xShrink(of(cache).pages);
}

}  // namespace

void install_page_cache() {
  if (usual.xCreate != nullptr) return;
  if (sqlite3_config(SQLITE_CONFIG_GETPCACHE2, &usual) != SQLITE_OK) return;
  static sqlite3_pcache_methods2 methods = usual;
  methods.xCreate = create;
  methods.xDestroy = destroy;
  methods.xFetch = fetch;
  methods.xRekey = rekey;
  methods.xTruncate = truncate;
  methods.xCachesize = set_size;
  methods.xPagecount = count;
  methods.xUnpin = unpin;
  methods.xShrink = shrink;
  sqlite3_config(SQLITE_CONFIG_PCACHE2, &methods);
}

}  // namespace hss::storage
