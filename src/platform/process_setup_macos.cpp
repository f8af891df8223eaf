#include <fcntl.h>
#include <sys/stat.h>

#include "domain/exhaustion.h"
#include "platform/process_setup.h"

namespace hss {

void set_up_process() {
  // Otherwise the database or a connection would get their numbers, and output would go into it.
  for (int number = 0; number <= 2; ++number) {
    if (::fcntl(number, F_GETFD) < 0) ::open("/dev/null", O_RDWR);
  }
  domain::keep_memory_reserve();
  // Names, addresses and money: only the owner may read the files that this program writes.
  ::umask(077);
}

}  // namespace hss
