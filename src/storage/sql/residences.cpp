#include "storage/sql/residences.h"

#include <algorithm>

namespace hss::storage {
namespace {

#define SELECT_RESIDENCES                                                  \
  "SELECT id, name, suburb, closes_on, reopens_on, gate, stairs, parking," \
  " caretaker_phone FROM residences"

domain::Residence residence_of(const Query& row) {
  return {.id = row.text(0),
          .name = row.text(1),
          .suburb = row.text(2),
          .closes_on = row.text(3),
          .reopens_on = row.text(4),
          .gate = row.text(5),
          .stairs = row.text(6),
          .parking = row.text(7),
          .caretaker_phone = row.text(8)};
}

std::vector<domain::Residence> read_residences(Connection& connection) {
  std::vector<domain::Residence> residences;
  for (Query rows(connection, SELECT_RESIDENCES " ORDER BY name"); rows.step();) {
    residences.push_back(residence_of(rows));
  }
  return residences;
}

}  // namespace

std::vector<domain::Residence> SqlResidenceReader::list() {
  return read_residences(connection_);
}

std::optional<domain::Residence> SqlResidenceReader::find(std::string_view id) {
  Query row(connection_, SELECT_RESIDENCES " WHERE id = ?", id);
  if (!row.step()) return std::nullopt;
  return residence_of(row);
}

#undef SELECT_RESIDENCES

const std::vector<domain::Residence>& SqlResidenceWriter::cached() {
  if (!cache_.residences) cache_.residences = read_residences(connection_);
  return *cache_.residences;
}

std::optional<domain::Residence> SqlResidenceWriter::find(std::string_view id) {
  const domain::Residence* residence = domain::find_residence(cached(), id);
  return residence ? std::optional(*residence) : std::nullopt;
}

void SqlResidenceWriter::replace(const std::vector<domain::Residence>& residences) {
  enqueue(connection_, "DELETE FROM residences");
  for (const domain::Residence& each : residences) {
    enqueue(connection_,
            "INSERT INTO residences (id, name, suburb, closes_on, reopens_on, gate, stairs,"
            " parking, caretaker_phone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            each.id, each.name, each.suburb, each.closes_on, each.reopens_on, each.gate,
            each.stairs, each.parking, each.caretaker_phone);
  }
  cache_.residences.reset();
}

}  // namespace hss::storage
