#include "storage/sql/residences.h"

namespace hss::storage {

template <class Interface>
std::vector<domain::Residence> ResidenceQueries<Interface>::list() {
  std::vector<domain::Residence> residences;
  for (Query rows(connection_,
                  "SELECT id, name, suburb, closes_on, reopens_on, gate, stairs, parking,"
                  " caretaker_phone FROM residences ORDER BY name");
       rows.step();) {
    residences.push_back({.id = rows.text(0),
                          .name = rows.text(1),
                          .suburb = rows.text(2),
                          .closes_on = rows.text(3),
                          .reopens_on = rows.text(4),
                          .gate = rows.text(5),
                          .stairs = rows.text(6),
                          .parking = rows.text(7),
                          .caretaker_phone = rows.text(8)});
  }
  return residences;
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
}

template class ResidenceQueries<domain::ResidenceReader>;
template class ResidenceQueries<domain::ResidenceWriter>;

}  // namespace hss::storage
