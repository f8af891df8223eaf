#pragma once

#include <string>

namespace hss::test {

/// The checkout that the tests were built from.
std::string source_folder();

/// The `hss` that was built with the tests, or the one in HSS_EXECUTABLE (tests/mutations/run).
std::string executable();

}  // namespace hss::test
