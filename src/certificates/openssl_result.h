#pragma once

#include <stdexcept>

namespace hss::certificates {

/// For calls of OpenSSL that fail only where there is no memory.
inline void require_done(bool is_done) {
  if (!is_done) throw std::runtime_error("OpenSSL could not make a certificate");
}

}  // namespace hss::certificates
