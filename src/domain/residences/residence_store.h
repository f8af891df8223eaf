#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "domain/residences/residence.h"

namespace hss::domain {

class ResidenceReader {
 public:
  virtual ~ResidenceReader() = default;

  /// All of them, in the order of their names.
  virtual std::vector<Residence> list() = 0;
  virtual std::optional<Residence> find(std::string_view id) = 0;
};

class ResidenceWriter : public ResidenceReader {
 public:
  /// These take the place of those that were there. Each has its id.
  virtual void replace(const std::vector<Residence>& residences) = 0;
};

}  // namespace hss::domain
