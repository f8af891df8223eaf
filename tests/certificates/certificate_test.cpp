#include "certificates/certificate.h"

#include <openssl/x509.h>

#include <catch2/catch_test_macros.hpp>

#include "domain/clock.h"

using namespace hss;

TEST_CASE("a certificate that lasts for ever ends when the clock does, and any other on its day") {
  const certificates::Certificate certificate(X509_new(), X509_free);
  ASN1_TIME* const end = X509_getm_notAfter(certificate.get());
  REQUIRE(ASN1_TIME_set_string(end, "99991231235959Z") == 1);
  CHECK(certificates::end_of(*certificate) ==
        std::chrono::floor<std::chrono::seconds>(domain::Instant::max()));
  REQUIRE(ASN1_TIME_set_string(end, "20280229123456Z") == 1);
  CHECK(certificates::end_of(*certificate) == domain::from_rfc3339("2028-02-29T12:34:56.000Z"));
}
