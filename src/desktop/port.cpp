#include "desktop/port.h"

#include "domain/error.h"
#include "transport/http/listening_socket.h"

namespace hss::desktop {

int choose_port(const std::string& host, int wanted) {
  if (wanted <= 0 || wanted > 65535) return 0;
  try {
    return transport::ListeningSocket(host, wanted).port();
  } catch (const domain::Error&) {
    return 0;
  }
}

}  // namespace hss::desktop
