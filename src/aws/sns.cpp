#include "aws/sns.h"

#include <algorithm>
#include <array>

#include "aws/error_code.h"
#include "aws/xml.h"
#include "domain/error.h"

namespace hss::aws {
namespace {

using Result = SnsOutcome::Result;

std::size_t size_of(const SnsMessage& message) {
  constexpr std::size_t type = std::string_view("String").size();
  std::size_t size = message.subject.size() + message.text.size();
  for (const auto& [name, value] : message.attributes) size += name.size() + value.size() + type;
  return size;
}

/// Codes of errors in the message itself.
constexpr std::array<std::string_view, 6> message_errors{
    "InvalidParameter",    "InvalidParameterValue",  "ParameterValueInvalid",
    "BatchRequestTooLong", "InvalidMessageContents", "ValidationError"};

/// Codes after which other credentials might help.
constexpr std::array<std::string_view, 8> sns_credential_errors{
    "InvalidClientTokenId",        "SignatureDoesNotMatch", "ExpiredToken",
    "ExpiredTokenException",       "InvalidSecurity",       "MissingAuthenticationToken",
    "UnrecognizedClientException", "IncompleteSignature"};

constexpr std::array<std::string_view, 4> sns_right_errors{
    "AuthorizationError", "AccessDenied", "AccessDeniedException", "OptInRequired"};

std::string sentence_for(int status, const std::string& code) {
  std::string sentence = "SNS answered " + std::to_string(status);
  if (!code.empty()) sentence += " " + code.substr(0, 80);
  if (is_any_of(code, sns_credential_errors)) {
    sentence += "; check the credentials and this machine's clock";
  } else if (is_any_of(code, sns_right_errors)) {
    sentence += "; these credentials need the right sns:Publish on the topic";
  } else if (code == "NotFound" || code == "NotFoundException") {
    sentence += "; there is no such topic";
  }
  return sentence;
}

void append(Pairs& form, const std::string& prefix, const SnsMessage& message, bool is_fifo) {
  form.emplace_back(prefix + "Subject", message.subject);
  form.emplace_back(prefix + "Message", message.text);
  int number = 0;
  for (const auto& [name, value] : message.attributes) {
    const std::string entry = prefix + "MessageAttributes.entry." + std::to_string(++number);
    form.emplace_back(entry + ".Name", name);
    form.emplace_back(entry + ".Value.DataType", "String");
    form.emplace_back(entry + ".Value.StringValue", value);
  }
  if (!is_fifo) return;
  form.emplace_back(prefix + "MessageGroupId", message.group);
  form.emplace_back(prefix + "MessageDeduplicationId", message.deduplication_id);
}

/// Reads the entry's number in the batch; `count` if there is none.
std::size_t number_of(std::string_view member, std::size_t count) {
  const std::string id = text_of(member, "Id");
  return id.size() == 1 && id[0] >= '0' && id[0] <= '9' ? static_cast<std::size_t>(id[0] - '0')
                                                        : count;
}

}  // namespace

std::string region_of_topic(std::string_view topic_arn) {
  std::vector<std::string> parts{""};
  for (const char c : topic_arn) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    if (c != ':' && !is_plain) return "";
    c == ':' ? parts.emplace_back() : parts.back() += c;
  }
  if (parts.size() != 6 || parts[0] != "arn" || !parts[1].starts_with("aws") || parts[2] != "sns" ||
      parts[4].empty() || parts[5].empty()) {
    return "";
  }
  return parts[3];
}

Sns::Sns(SnsOptions options, CredentialChain& credentials, domain::Clock now)
    : options_(std::move(options)),
      is_fifo_(options_.topic_arn.ends_with(".fifo")),
      credentials_(credentials),
      now_(std::move(now)),
      client_(options_.endpoint, options_.client) {}

void Sns::stop() {
  credentials_.stop();
  client_.stop();
}

std::vector<SnsOutcome> Sns::publish(std::span<const SnsMessage> messages, Deadline deadline) {
  std::vector<SnsOutcome> outcomes;
  while (outcomes.size() < messages.size()) {
    const auto rest = messages.subspan(outcomes.size());
    std::size_t count = 0, bytes = 0;
    while (count < rest.size() && count < max_at_once &&
           bytes + size_of(rest[count]) <= max_bytes) {
      bytes += size_of(rest[count++]);
    }
    if (count == 0) {
      outcomes.push_back({.result = Result::permanent_failure,
                          .error = "The message is larger than the 256 KiB that SNS takes"});
    } else if (count == 1) {
      outcomes.push_back(publish_one(rest.front(), deadline));
    } else {
      for (SnsOutcome& outcome : publish_batch(rest.first(count), deadline)) {
        outcomes.push_back(std::move(outcome));
      }
    }
  }
  return outcomes;
}

SnsOutcome Sns::publish_one(const SnsMessage& message, Deadline deadline) {
  Pairs form{{"Action", "Publish"}, {"Version", "2010-03-31"}, {"TopicArn", options_.topic_arn}};
  append(form, "", message, is_fifo_);
  const Answer answer = call(form, deadline);
  if (answer.status == 200 && answer.body.find("<MessageId>") == answer.body.npos) {
    return {.status = 200, .error = "What answered is not SNS"};
  }
  return judge(answer);
}

std::vector<SnsOutcome> Sns::publish_batch(std::span<const SnsMessage> messages,
                                           Deadline deadline) {
  Pairs form{
      {"Action", "PublishBatch"}, {"Version", "2010-03-31"}, {"TopicArn", options_.topic_arn}};
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string prefix = "PublishBatchRequestEntries.member." + std::to_string(i + 1) + ".";
    form.emplace_back(prefix + "Id", std::to_string(i));
    append(form, prefix, messages[i], is_fifo_);
  }
  const Answer answer = call(form, deadline);
  std::vector<SnsOutcome> outcomes(messages.size(), judge(answer));
  if (answer.status != 200) {
    if (outcomes.front().result != Result::permanent_failure) return outcomes;
    // One message is invalid, and the answer does not say which.
    std::transform(messages.begin(), messages.end(), outcomes.begin(),
                   [&](const SnsMessage& message) { return publish_one(message, deadline); });
    return outcomes;
  }
  for (SnsOutcome& outcome : outcomes) {
    outcome = {.status = 200, .error = "SNS did not say what became of the message"};
  }
  for (const std::string_view list : inner_xml(answer.body, "Successful")) {
    for (const std::string_view member : inner_xml(list, "member")) {
      const std::size_t number = number_of(member, outcomes.size());
      if (number < outcomes.size()) outcomes[number] = {.result = Result::published, .status = 200};
    }
  }
  for (const std::string_view list : inner_xml(answer.body, "Failed")) {
    for (const std::string_view member : inner_xml(list, "member")) {
      const std::size_t number = number_of(member, outcomes.size());
      if (number >= outcomes.size()) continue;
      const std::string code = text_of(member, "Code");
      const bool is_message_error =
          text_of(member, "SenderFault") == "true" && is_any_of(code, message_errors);
      outcomes[number] = {.result = is_message_error ? Result::permanent_failure : Result::failed,
                          .status = 200,
                          .error = "SNS did not take the message: " + code.substr(0, 80)};
    }
  }
  return outcomes;
}

Sns::Answer Sns::call(const Pairs& form, Deadline deadline) {
  Signable request{
      .method = "POST",
      .path = options_.endpoint.target,
      .headers = {{"Host", options_.endpoint.authority()},
                  {"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}},
      .body = form_encode(form)};
  Credentials credentials;
  try {
    credentials = credentials_.get(deadline);
  } catch (const domain::Error& error) {
    return {.error = error.what()};
  }
  const Pairs added =
      sign(request, credentials, {.region = options_.region, .service = "sns"}, now_());
  outgoing::OutgoingRequest outgoing{.method = "POST",
                                     .target = request.path,
                                     .body = std::move(request.body),
                                     .deadline = deadline};
  outgoing.headers.emplace_back(request.headers[1]);
  outgoing.headers.insert(outgoing.headers.end(), added.begin(), added.end());
  const outgoing::OutgoingResult result = client_.send(outgoing);
  if (!result.response) return {.error = result.sentence};
  return {.status = result.response->status, .body = result.response->body};
}

SnsOutcome Sns::judge(const Answer& answer) {
  if (!answer.error.empty()) return {.error = answer.error};
  if (answer.status == 200) return {.result = Result::published, .status = 200};
  const std::string code = text_of(answer.body, "Code");
  if (is_any_of(code, sns_credential_errors)) credentials_.forget();
  // A wrong topic fails every message, and comes with the same code.
  const bool is_topic_error = text_of(answer.body, "Message").find("TopicArn") != std::string::npos;
  const bool is_message_error = answer.status >= 400 && answer.status < 500 && !is_topic_error &&
                                is_any_of(code, message_errors);
  return {.result = is_message_error ? Result::permanent_failure : Result::failed,
          .status = answer.status,
          .error = sentence_for(answer.status, code)};
}

}  // namespace hss::aws
