#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "domain/clock.h"
#include "outgoing/client.h"

namespace hss::aws {

/// Identifies the sender of a request.
struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  std::string session_token;                  ///< of temporary ones
  std::optional<domain::Instant> expires_at;  ///< of temporary ones
};

using Deadline = std::chrono::steady_clock::time_point;

/// The value of an environment variable; empty if it is not set.
using Variables = std::function<std::string(const char* name)>;
/// One of this process.
std::string variable_of_process(const char* name);

/// Credentials from the places where AWS's own tools look, in their order: the environment, the
/// profile in the shared files, the container's endpoint, the instance's metadata (version 2).
/// Temporary ones are renewed before they expire; files are read each time, so that a change takes
/// effect at once. Thread-safe.
class CredentialChain {
 public:
  CredentialChain(Variables variables, domain::Clock now);

  /// Throws domain::Error{unavailable} with a sentence for the operator if there are none or their
  /// source does not answer, by the deadline at the latest.
  Credentials get(Deadline deadline = Deadline::max());

  /// Says that AWS rejected them: the next get() asks the source again.
  void forget();

  /// A get() under way returns soon, later ones at once.
  void stop();

 private:
  std::optional<Credentials> find_in_environment() const;
  std::optional<Credentials> find_in_files() const;
  std::optional<Credentials> find_in_container(Deadline deadline);
  Credentials ask_instance(Deadline deadline);
  bool is_fresh(const Credentials& credentials, std::chrono::seconds margin) const;
  outgoing::OutgoingResponse ask(const std::string& source, const outgoing::Url& url,
                                 const outgoing::OutgoingRequest& request);

  const Variables variables_;
  const domain::Clock now_;
  std::mutex mutex_;  ///< guards `cached_` while a source is asked
  std::optional<Credentials> cached_;
  domain::Instant next_try_at_{};  ///< at the source, while the cached ones are valid
  std::mutex client_mutex_;
  outgoing::Client* client_ = nullptr;  ///< that is waited for
  bool is_stopped_ = false;
};

}  // namespace hss::aws
