#include "aws/secrets.h"
#include "config/secret_service.h"

namespace hss {
namespace {

class AwsSecrets final : public SecretService {
 public:
  bool is_reference(const std::string& text) const override {
    return aws::parse_secret_reference(text).has_value();
  }
  std::string get(const std::string& reference, Deadline deadline) override {
    return secrets_.get(*aws::parse_secret_reference(reference), deadline);
  }
  std::optional<std::string> find_previous(const std::string& reference, std::chrono::seconds age,
                                           Deadline deadline) override {
    return secrets_.find_previous(*aws::parse_secret_reference(reference), age, deadline);
  }
  std::string make_rds_token(const std::string& host, int port, const std::string& user,
                             Deadline deadline) override {
    return secrets_.make_rds_token(host, port, user, deadline);
  }

 private:
  aws::Secrets secrets_{aws::variable_of_process, std::chrono::system_clock::now};
};

}  // namespace

std::shared_ptr<SecretService> open_secret_service() {
  return std::make_shared<AwsSecrets>();
}

const char* secret_help() {
  return "\n\nThe value of any option, of its variable and of DB_* may say where it lies in AWS: "
         "aws-sm:NAME-or-ARN[#json-key] in Secrets Manager, aws-ssm:/path[:version] in Systems "
         "Manager; so may each key in HSS_JWT_SECRET. DB_PASSWORD=aws-rds-iam: signs in to "
         "PostgreSQL on RDS with tokens of IAM.\n"
         "AWS_REGION, AWS_ENDPOINT_URL and the other AWS_* variables: as AWS's own tools read "
         "them.";
}

}  // namespace hss
