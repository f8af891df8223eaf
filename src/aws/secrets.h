#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "aws/credentials.h"
#include "aws/secret_reference.h"
#include "aws/signature.h"
#include "domain/clock.h"
#include "outgoing/client.h"

namespace hss::aws {

/// Reads secrets from AWS Secrets Manager and Systems Manager's Parameter Store, and makes the
/// tokens that RDS takes for passwords. Each request is tried three times where another try may
/// help. Throws domain::Error{unavailable} with a sentence that names the reference and the
/// service's code, and has nothing of a secret. Thread-safe.
class Secrets {
 public:
  Secrets(Variables variables, domain::Clock now, outgoing::ClientOptions client = {});

  /// The secret, without line ends behind it.
  std::string get(const SecretReference& reference, Deadline deadline);

  /// The value that the present one replaced within `age`; empty if there is none, or it may not be
  /// read.
  std::optional<std::string> find_previous(const SecretReference& reference,
                                           std::chrono::seconds age, Deadline deadline);

  /// A password of 15 minutes for a user whom RDS knows by the rights of IAM.
  std::string make_rds_token(const std::string& host, int port, const std::string& user,
                             Deadline deadline);

 private:
  /// A version of a secret.
  struct Version {
    std::string text;
    std::string number;  ///< of a parameter
    double since = 0;    ///< seconds since 1970
  };
  /// A refusal of the service, or no answer at all.
  struct Failure {
    std::string code;  ///< the service's; empty if it said none
    std::string sentence;
    bool may_pass = false;  ///< another try may succeed
  };
  /// Throws Failure.
  Version read(const SecretReference& reference, const std::string& id, const std::string& stage,
               Deadline deadline);
  Version read_patiently(const SecretReference& reference, const std::string& id,
                         const std::string& stage, Deadline deadline);
  std::string call(const SecretReference& reference, const std::string& action,
                   const std::string& body, Deadline deadline);

  const Variables variables_;
  const domain::Clock now_;
  const outgoing::ClientOptions client_;
  CredentialChain credentials_;
};

}  // namespace hss::aws
