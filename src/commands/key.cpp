#include <chrono>
#include <iostream>

#include "app/token_keys.h"
#include "commands/commands.h"
#include "commands/report.h"
#include "domain/error.h"
#include "platform/stop_request.h"
#include "storage/open_store.h"

namespace hss::commands {

int rotate_key(const Config& config) {
  if (!config.token_keys.empty()) {
    throw domain::Error(domain::ErrorCode::conflict,
                        "The key comes from HSS_JWT_SECRET; put a new one before it there, "
                        "separated by a comma, and restart the server");
  }
  const auto store = storage::open_existing_store(config.place(), report);
  store->transact([](domain::Tx& tx) { app::add_token_key(tx, std::chrono::system_clock::now()); });
  std::cout << "Created a new key. Running servers use it from their next change on, at the latest "
            << platform::key_reload_occasion
            << "; tokens of the earlier key stay valid until they expire, for 30 days at most\n";
  return 0;
}

}  // namespace hss::commands
