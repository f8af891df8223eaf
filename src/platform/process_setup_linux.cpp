#include "platform/process_setup.h"

#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>

#include "domain/exhaustion.h"

#if HSS_STATIC
#include <nss.h>
#include <openssl/crypto.h>

#include <array>
#endif

namespace hss {
namespace {

/// Opens those that are closed: otherwise the database or a connection would get their numbers, and
/// output would go into it.
void open_standard_descriptors() {
  for (int number = 0; number <= 2; ++number) {
    if (::fcntl(number, F_GETFD) < 0) ::open("/dev/null", O_RDWR);
  }
}

#if HSS_STATIC
/// Modules that /etc/nsswitch.conf names are linked against the host's C library, and break the one
/// in here. This limits look-ups to the built-in services, files and dns. This glibc never looks up
/// a database that it does not know.
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

#if defined(__GLIBC__)
/// Each thread reserves far more room than it ever uses, and where room is limited none would be
/// left for data.
void reserve_little_where_limited() {
  constexpr std::size_t stack_size = 1024 * 1024;
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  ::mallopt(M_ARENA_MAX, 2);
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstacksize(&attributes, stack_size);
  ::pthread_setattr_default_np(&attributes);
  ::pthread_attr_destroy(&attributes);
}
#else
void reserve_little_where_limited() {}
#endif

}  // namespace

void set_up_process() {
#if HSS_STATIC
  use_builtin_name_services();
  use_builtin_ciphers();
#endif
  open_standard_descriptors();
  domain::keep_memory_reserve();
  reserve_little_where_limited();
  // Names, addresses and money: only the owner may read the files that this program writes.
  ::umask(077);
}

}  // namespace hss
