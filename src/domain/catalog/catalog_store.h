#pragma once

#include "domain/catalog/catalog.h"

namespace hss::domain {

class CatalogReader {
 public:
  virtual ~CatalogReader() = default;

  virtual Catalog get() = 0;
};

class CatalogWriter : public CatalogReader {
 public:
  /// The catalogue has every type that was ever saved.
  virtual void save(const Catalog& catalog) = 0;
};

}  // namespace hss::domain
