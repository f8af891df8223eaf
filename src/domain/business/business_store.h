#pragma once

#include "domain/business/business.h"

namespace hss::domain {

class BusinessReader {
 public:
  virtual ~BusinessReader() = default;

  /// Of a new database, today's defaults: a name, all ways of paying, and nothing else.
  virtual Business get() = 0;
};

class BusinessWriter : public BusinessReader {
 public:
  /// Stores everything but the terms.
  virtual void update(const Business& business) = 0;
  /// Stores the next version of the terms. Earlier ones stay: customers have agreed to them.
  virtual void insert_terms(const Terms& terms) = 0;
};

}  // namespace hss::domain
