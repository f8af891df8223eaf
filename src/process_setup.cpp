#include "process_setup.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#if HSS_STATIC
#include <nss.h>
#include <openssl/crypto.h>

#include <array>
#endif

namespace hss {
namespace {

/// Else the database or a connection would get their numbers, and what is printed would go there.
void open_standard_descriptors() {
  for (int number = 0; number <= 2; ++number) {
    if (::fcntl(number, F_GETFD) < 0) ::open("/dev/null", O_RDWR);
  }
}

#if HSS_STATIC
/// Modules that /etc/nsswitch.conf names are linked against the host's C library, and break the one
/// in here. The built-in services, files and dns, are all that is ever asked. A database that this
/// glibc does not know is none that it looks up.
void use_builtin_name_services() {
  __nss_configure_lookup("hosts", "files dns");
  constexpr std::array databases{"aliases", "ethers",        "group",     "group_compat",
                                 "gshadow", "initgroups",    "netgroup",  "networks",
                                 "passwd",  "passwd_compat", "protocols", "publickey",
                                 "rpc",     "services",      "shadow",    "shadow_compat"};
  for (const char* database : databases) {
    __nss_configure_lookup(database, "files");
  }
}

/// The host's openssl.cnf may name providers and engines that are linked against its own libraries.
void use_builtin_ciphers() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
}
#endif

}  // namespace

void set_up_process() {
#if HSS_STATIC
  use_builtin_name_services();
  use_builtin_ciphers();
#endif
  open_standard_descriptors();
  // Names, addresses and money: what this program writes is its owner's alone.
  ::umask(077);
}

}  // namespace hss
