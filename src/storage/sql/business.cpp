#include "storage/sql/business.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/payments/payment.h"
#include "storage/damage.h"

namespace hss::storage {
namespace {

using domain::Business;

/// `card,cash`
std::string joined(const std::vector<std::string>& methods) {
  std::string text;
  for (const std::string& method : methods) text += (text.empty() ? "" : ",") + method;
  return text;
}

std::vector<std::string> methods_of(std::string_view text) {
  std::vector<std::string> methods;
  const auto& known = domain::all_payment_methods;
  while (true) {
    const auto comma = text.find(',');
    const std::string_view method = text.substr(0, comma);
    if (std::find(known.begin(), known.end(), method) == known.end()) {
      throw_damage("a way of paying");
    }
    methods.emplace_back(method);
    if (comma == text.npos) return methods;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace

template <class Interface>
Business BusinessQueries<Interface>::get() {
  Query row(connection_,
            "SELECT b.name, b.legal_name, b.registration_number, b.vat_number, b.phone, b.whatsapp,"
            " b.email, b.address, b.opening, b.privacy, b.prohibited, b.liability_cap,"
            " b.payment_methods, coalesce(t.version, 0), coalesce(t.text, ''),"
            " coalesce(t.date, '') FROM business b LEFT JOIN business_terms t"
            " ON t.version = (SELECT max(version) FROM business_terms)");
  if (!row.step()) throw_damage("the business");
  Business business{.name = row.text(0),
                    .legal_name = row.text(1),
                    .registration_number = row.text(2),
                    .vat_number = row.text(3),
                    .phone = row.text(4),
                    .whatsapp = row.text(5),
                    .email = row.text(6),
                    .address = row.text(7),
                    .opening = row.text(8),
                    .privacy = row.text(9),
                    .prohibited = row.text(10),
                    .terms = {.version = static_cast<int>(row.integer(13)),
                              .text = row.text(14),
                              .date = row.text(15)},
                    .liability_cap = std::nullopt,
                    .payment_methods = methods_of(row.text(12))};
  if (const auto cap = row.optional_integer(11)) business.liability_cap = domain::Money{*cap};
  return business;
}

void SqlBusinessWriter::update(const Business& business) {
  std::optional<std::int64_t> cap;
  if (business.liability_cap) cap = business.liability_cap->cents;
  enqueue(connection_,
          "UPDATE business SET name = ?, legal_name = ?, registration_number = ?, vat_number = ?,"
          " phone = ?, whatsapp = ?, email = ?, address = ?, opening = ?, privacy = ?,"
          " prohibited = ?, liability_cap = ?, payment_methods = ?",
          business.name, business.legal_name, business.registration_number, business.vat_number,
          business.phone, business.whatsapp, business.email, business.address, business.opening,
          business.privacy, business.prohibited, cap, joined(business.payment_methods));
}

void SqlBusinessWriter::insert_terms(const domain::Terms& terms) {
  enqueue(connection_, "INSERT INTO business_terms (version, text, date) VALUES (?, ?, ?)",
          terms.version, terms.text, terms.date);
}

template class BusinessQueries<domain::BusinessReader>;
template class BusinessQueries<domain::BusinessWriter>;

}  // namespace hss::storage
