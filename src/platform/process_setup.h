#pragma once

namespace hss {

/// Makes the process independent of its parent and of the system it runs on; main() calls it first,
/// while there is one thread. Only the owner can read the process's files, its three standard
/// descriptors are open, and an executable with a C library inside loads no module of the host's C
/// library (names are looked up in files and DNS) or OpenSSL.
void set_up_process();

}  // namespace hss
