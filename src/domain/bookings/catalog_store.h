#pragma once

#include "domain/bookings/pricing.h"

namespace hss::domain {

class CatalogReader {
 public:
  virtual ~CatalogReader() = default;

  virtual Catalog get() = 0;
};

}  // namespace hss::domain
