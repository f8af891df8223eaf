#include "commands/check_client.h"

namespace hss::commands {
namespace {

constexpr std::chrono::seconds connection_time{5};
}  // namespace

Client::Client(const std::string& url, std::string base_path)
    : url_(url), base_path_(std::move(base_path)), client_(url) {
  client_.set_connection_timeout(connection_time);
  set_answer_time(answer_time);
}

std::string Client::why(httplib::Error error, std::chrono::steady_clock::duration passed) const {
  switch (error) {
    case httplib::Error::Connection:
    case httplib::Error::ConnectionTimeout:
      return url_ + " takes no connection; is a server running there?";
    case httplib::Error::SSLConnection:
      return url_ + " does not speak TLS as it should; is it http://?";
    case httplib::Error::SSLLoadingCerts:
    case httplib::Error::SSLServerVerification:
    case httplib::Error::SSLServerHostnameVerification:
      return url_ + " shows a certificate that is not valid for it here";
    default:
      break;
  }
  if (passed < answer_time_) return url_ + " broke off without a proper answer";
  return url_ + " took the connection and gave no answer in " +
         std::to_string(answer_time_.count()) + " s";
}

void expect(bool holds, const std::string& otherwise) {
  if (!holds) throw Unmet(otherwise);
}

void expect_status(const Answer& answer, int status) {
  expect(answer.status == status, "expected " + std::to_string(status) + ", got " +
                                      std::to_string(answer.status) + " " +
                                      (answer.body.is_discarded() ? "" : answer.body.dump()));
}

void expect_code(const Answer& answer, int status, const std::string& code) {
  expect_status(answer, status);
  expect(answer.body.is_object() && answer.body.contains("error") &&
             answer.body["error"].value("code", "") == code && answer.body.contains("request_id"),
         "the error is not in the contract's shape: " + answer.body.dump());
}

}  // namespace hss::commands
