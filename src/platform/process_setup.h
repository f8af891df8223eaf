#pragma once

namespace hss {

/// Makes the process independent of what started it and of the system it runs on; main() calls it
/// before anything else, while there is one thread. Files of the process are its owner's alone, its
/// three standard descriptors are open, and an executable with a C library inside loads no module
/// of the host's C library (names are looked up in files and DNS) or OpenSSL.
void set_up_process();

}  // namespace hss
