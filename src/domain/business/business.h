#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/money.h"

namespace hss::domain {

/// What a customer agrees to. Each text that is saved is the next version; an empty one says that
/// there are no terms any more.
struct Terms {
  int version = 0;   ///< counts up from 1; 0 if none were ever saved
  std::string text;  ///< empty if there are none
  std::string date;  ///< the day in South Africa on which the version was saved
};

/// The firm as its administrators describe it to customers. A text that is not known is empty; only
/// the name is always known.
struct Business {
  std::string name;
  std::string legal_name;
  std::string registration_number;
  std::string vat_number;
  std::string phone;     ///< as it was typed
  std::string whatsapp;  ///< likewise, a telephone number
  std::string email;
  std::string address;  ///< may have several lines, as have all that follow
  std::string opening;  ///< when customers reach somebody
  std::string privacy;
  std::string prohibited;  ///< what is not stored
  Terms terms;
  std::optional<Money> liability_cap;        ///< the most that is paid for what is lost or damaged
  std::vector<std::string> payment_methods;  ///< those of all_payment_methods that are offered
};

/// A member that is one text, by the name that it has everywhere.
struct BusinessText {
  enum class Kind { line, phone, email, lines, document };

  std::string_view name;
  std::string Business::*value;
  Kind kind;
  std::size_t max_length;  ///< characters
};

inline constexpr std::size_t max_document_length = 20'000;  ///< characters, also of the terms

inline constexpr std::array<BusinessText, 11> business_texts{{
    {"name", &Business::name, BusinessText::Kind::line, 120},
    {"legal_name", &Business::legal_name, BusinessText::Kind::line, 160},
    {"registration_number", &Business::registration_number, BusinessText::Kind::line, 40},
    {"vat_number", &Business::vat_number, BusinessText::Kind::line, 40},
    {"phone", &Business::phone, BusinessText::Kind::phone, 40},
    {"whatsapp", &Business::whatsapp, BusinessText::Kind::phone, 40},
    {"email", &Business::email, BusinessText::Kind::email, 254},
    {"address", &Business::address, BusinessText::Kind::lines, 500},
    {"opening", &Business::opening, BusinessText::Kind::lines, 500},
    {"privacy", &Business::privacy, BusinessText::Kind::document, max_document_length},
    {"prohibited", &Business::prohibited, BusinessText::Kind::document, max_document_length},
}};

}  // namespace hss::domain
