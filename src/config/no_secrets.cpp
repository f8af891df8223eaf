#include "config/secret_service.h"

namespace hss {

std::shared_ptr<SecretService> open_secret_service() {
  return nullptr;
}

const char* secret_help() {
  return "";
}

}  // namespace hss
