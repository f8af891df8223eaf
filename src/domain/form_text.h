#pragma once

#include <string>

#include "domain/faults.h"
#include "domain/given.h"

namespace hss::domain {

/// Members of a form that must be there. Each gives the text trimmed (empty where it is missing)
/// and adds to the faults what is wrong with it, beginning with the member's name.

std::string required_text(const std::string& name, const Given<std::string>& given,
                          const Faults::Bounds& bounds, Faults& faults);

/// In lower case; the member is `email`.
std::string required_email(const Given<std::string>& given, Faults& faults);

/// As it was typed, not trimmed: a password, PIN or the like, of any length.
std::string required_secret(const std::string& name, const Given<std::string>& given,
                            Faults& faults);

}  // namespace hss::domain
