// Amazon SNS with good and bad answers.
#include "aws/sns.h"

#include <catch2/catch_test_macros.hpp>
#include <deque>
#include <future>
#include <mutex>

#include "aws/xml.h"
#include "domain/error.h"
#include "outgoing/broken_server.h"
#include "outgoing/local_server.h"
#include "support.h"

using namespace hss;
using namespace hss::aws;
using namespace hss::test;
using namespace std::chrono_literals;
using Result = SnsOutcome::Result;

namespace {

constexpr const char* topic = "arn:aws:sns:us-east-1:123456789012:bookings";

struct Answered {
  int status = 200;
  std::string body;
};

/// A fake SNS that gives preset answers and records its requests.
class SnsService {
 public:
  SnsService() {
    // Parsed by hand, as the library accepts no form of more than 8 KiB.
    local.server.Post("/", [this](const httplib::Request& request, httplib::Response& response,
                                  const httplib::ContentReader& read) {
      std::string body;
      read([&](const char* bytes, std::size_t size) {
        body.append(bytes, size);
        return true;
      });
      const std::lock_guard lock(mutex_);
      httplib::Params form;
      httplib::detail::parse_query_text(body, form);
      asked.push_back({request.headers, form});
      if (answers.empty()) {
        response.status = 500;
        return;
      }
      response.status = answers.front().status;
      response.set_content(answers.front().body, "text/xml");
      answers.pop_front();
    });
    local.start();
  }

  Sns sns(std::string topic_arn = topic) {
    return Sns({.topic_arn = std::move(topic_arn),
                .region = "us-east-1",
                .endpoint = *outgoing::parse_url(local.url())},
               credentials, clock.clock());
  }

  struct RecordedRequest {
    httplib::Headers headers;
    httplib::Params form;
    std::string operator[](const std::string& name) const {
      const auto found = form.find(name);
      return found == form.end() ? "" : found->second;
    }
  };

  std::deque<Answered> answers;
  std::vector<RecordedRequest> asked;
  TestClock clock;
  CredentialChain credentials{[](const char* name) {
                                return std::string(name) == "AWS_ACCESS_KEY_ID"       ? "AKIA1"
                                       : std::string(name) == "AWS_SECRET_ACCESS_KEY" ? "hidden"
                                                                                      : "";
                              },
                              clock.clock()};
  LocalServer local;

 private:
  std::mutex mutex_;
};

const Answered published{
    .body =
        "<PublishResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><PublishResult>"
        "<MessageId>94f20ce6</MessageId></PublishResult><ResponseMetadata>"
        "<RequestId>f187a3c1</RequestId></ResponseMetadata></PublishResponse>"};

Answered rejection(int status, const std::string& code, const std::string& message = "no") {
  return {.status = status,
          .body =
              "<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error>"
              "<Type>Sender</Type><Code>" +
              code + "</Code><Message>" + message +
              "</Message></Error><RequestId>9</RequestId></ErrorResponse>"};
}

SnsMessage message(const std::string& text = "{}") {
  return {.subject = "hss.booking_submitted",
          .text = text,
          .attributes = {{"event_type", "booking_submitted"}, {"booking_id", "HSS-0000000001"}},
          .group = "HSS-0000000001",
          .deduplication_id = "7"};
}

std::vector<Result> results_of(const std::vector<SnsOutcome>& outcomes) {
  std::vector<Result> results;
  for (const SnsOutcome& outcome : outcomes) results.push_back(outcome.result);
  return results;
}

}  // namespace

TEST_CASE("one message is published with its subject and attributes, signed") {
  SnsService service;
  service.answers = {published};
  const std::vector<SnsMessage> messages{message("{\"text\":\"08:00 – 11:00 & more\"}")};
  const auto outcomes = service.sns().publish(messages);
  CHECK(results_of(outcomes) == std::vector{Result::published});
  REQUIRE(service.asked.size() == 1);
  const auto& asked = service.asked[0];
  CHECK(asked["Action"] == "Publish");
  CHECK(asked["TopicArn"] == topic);
  CHECK(asked["Message"] == "{\"text\":\"08:00 – 11:00 & more\"}");
  CHECK(asked["Subject"] == "hss.booking_submitted");
  CHECK(asked["MessageAttributes.entry.1.Name"] == "event_type");
  CHECK(asked["MessageAttributes.entry.1.Value.DataType"] == "String");
  CHECK(asked["MessageAttributes.entry.2.Value.StringValue"] == "HSS-0000000001");
  CHECK(asked["MessageGroupId"].empty());
  const auto authorization = asked.headers.find("Authorization");
  REQUIRE(authorization != asked.headers.end());
  CHECK(authorization->second.find("AKIA1/20261122/us-east-1/sns/aws4_request") !=
        std::string::npos);
}

TEST_CASE("messages of a FIFO topic have a group, and a number that tells them again") {
  SnsService service;
  service.answers = {published};
  const std::vector<SnsMessage> messages{message()};
  Sns sns = service.sns(std::string(topic) + ".fifo");
  CHECK(sns.publish(messages)[0].result == Result::published);
  CHECK(service.asked[0]["MessageGroupId"] == "HSS-0000000001");
  CHECK(service.asked[0]["MessageDeduplicationId"] == "7");
}

TEST_CASE("of a batch each message has its own fate") {
  SnsService service;
  service.answers = {
      {.body = "<PublishBatchResponse><PublishBatchResult><Failed>"
               "<member><Code>InternalError</Code><Message/><SenderFault>false</SenderFault>"
               "<Id>1</Id></member>"
               "<member><Code>InvalidParameter</Code><Message>&lt;Id&gt;0&lt;/Id&gt;</Message>"
               "<SenderFault>true</SenderFault><Id>2</Id></member>"
               "<member><Code>InvalidParameter</Code><SenderFault>false</SenderFault><Id>5</Id></"
               "member>"
               "<member><Code>Throttled</Code><SenderFault>true</SenderFault><Id>3</Id></member>"
               "<member><Code>X</Code><SenderFault>true</SenderFault><Id>77</Id></member>"
               "</Failed><Successful><member><MessageId>m</MessageId><Id>0</Id></member>"
               "</Successful></PublishBatchResult></PublishBatchResponse>"}};
  const std::vector<SnsMessage> messages(6, message());
  const auto outcomes = service.sns().publish(messages);
  CHECK(results_of(outcomes) == std::vector{Result::published, Result::failed,
                                            Result::permanent_failure, Result::failed,
                                            Result::failed, Result::failed});
  CHECK(outcomes[2].error == "SNS did not take the message: InvalidParameter");
  CHECK(outcomes[4].error == "SNS did not say what became of the message");
  REQUIRE(service.asked.size() == 1);
  CHECK(service.asked[0]["Action"] == "PublishBatch");
  CHECK(service.asked[0]["PublishBatchRequestEntries.member.5.Id"] == "4");
  CHECK(service.asked[0]["PublishBatchRequestEntries.member.5.Message"] == "{}");
}

TEST_CASE(
    "messages that are too much for one request go out in several, and one alone not at all") {
  SnsService service;
  service.answers = {published, published, {.status = 500, .body = ""}};
  const std::string large(200 * 1024, 'x');
  const std::vector<SnsMessage> messages{message(large), message(std::string(300 * 1024, 'x')),
                                         message(large), message(), message()};
  // The last three fit into one request.
  service.answers = {published, {.status = 500, .body = ""}};
  CHECK(results_of(service.sns().publish(messages)) ==
        std::vector{Result::published, Result::permanent_failure, Result::failed, Result::failed,
                    Result::failed});
  REQUIRE(service.asked.size() == 2);
  CHECK(service.asked[1]["PublishBatchRequestEntries.member.3.Id"] == "2");
}

TEST_CASE("only a fault of the message itself is final") {
  const std::vector<std::tuple<Answered, Result, std::string>> days{
      {rejection(400, "InvalidParameter", "Invalid parameter: Message too long"),
       Result::permanent_failure, "SNS answered 400 InvalidParameter"},
      {rejection(400, "InvalidParameter", "Invalid parameter: TopicArn"), Result::failed,
       "SNS answered 400 InvalidParameter"},
      {rejection(400, "Throttling"), Result::failed, "SNS answered 400 Throttling"},
      {rejection(403, "AuthorizationError"), Result::failed,
       "SNS answered 403 AuthorizationError; these credentials need the right sns:Publish on the "
       "topic"},
      {rejection(403, "InvalidClientTokenId"), Result::failed,
       "SNS answered 403 InvalidClientTokenId; check the credentials and this machine's clock"},
      {rejection(404, "NotFound"), Result::failed,
       "SNS answered 404 NotFound; there is no such topic"},
      {{.status = 500, .body = "<html>"}, Result::failed, "SNS answered 500"},
      {{.status = 503, .body = ""}, Result::failed, "SNS answered 503"},
      {{.status = 302, .body = ""}, Result::failed, "SNS answered 302"},
      {{.status = 200, .body = "<html>Log in to the network</html>"},
       Result::failed,
       "What answered is not SNS"}};
  for (const auto& [answer, result, sentence] : days) {
    INFO(sentence);
    SnsService service;
    service.answers = {answer};
    const std::vector<SnsMessage> messages{message()};
    const auto outcomes = service.sns().publish(messages);
    CHECK(outcomes[0].result == result);
    CHECK(outcomes[0].error == sentence);
    CHECK(outcomes[0].status == answer.status);
  }
}

TEST_CASE("a batch that is refused as a whole is told apart one by one") {
  SnsService service;
  service.answers = {rejection(400, "InvalidParameter"), published,
                     rejection(400, "InvalidParameter")};
  const std::vector<SnsMessage> messages(2, message());
  CHECK(results_of(service.sns().publish(messages)) ==
        std::vector{Result::published, Result::permanent_failure});
}

TEST_CASE("without credentials nothing is sent, and it is said why") {
  SnsService service;
  CredentialChain nobody(
      [](const char* name) {
        return std::string(name) == "AWS_EC2_METADATA_DISABLED" ? "true" : "";
      },
      service.clock.clock());
  Sns sns({.topic_arn = topic,
           .region = "us-east-1",
           .endpoint = *outgoing::parse_url(service.local.url())},
          nobody, service.clock.clock());
  const std::vector<SnsMessage> messages(2, message());
  const auto outcomes = sns.publish(messages);
  CHECK(results_of(outcomes) == std::vector{Result::failed, Result::failed});
  CHECK(outcomes[0].error.starts_with("There are no AWS credentials"));
  CHECK(service.asked.empty());
}

TEST_CASE("a service that hangs is a failure in time, and stop ends the wait within a second") {
  BrokenServer silent([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  SnsService service;
  SnsOptions options{.topic_arn = topic,
                     .region = "us-east-1",
                     .endpoint = *outgoing::parse_url(silent.url()),
                     .client = {.connect_timeout = 50ms, .answer_timeout = 50ms}};
  const std::vector<SnsMessage> messages{message()};
  Sns impatient(options, service.credentials, service.clock.clock());
  CHECK(impatient.publish(messages)[0].error ==
        "127.0.0.1:" + std::to_string(silent.port) + " did not answer in time");

  options.client = {};
  Sns sns(options, service.credentials, service.clock.clock());
  auto outcome = std::async(std::launch::async, [&] { return sns.publish(messages)[0]; });
  silent.wait_for_call();
  const auto began = std::chrono::steady_clock::now();
  sns.stop();
  CHECK(outcome.get().result == Result::failed);
  CHECK(std::chrono::steady_clock::now() - began < 1s);
}

TEST_CASE("neither a service nor a credentials source that hangs is waited for past the deadline") {
  BrokenServer silent([](BrokenServer& server, auto connection) {
    BrokenServer::receive(connection);
    server.hang();
  });
  SnsService service;
  const auto waiting_for = [&](const std::string& endpoint, CredentialChain& credentials) {
    Sns sns({.topic_arn = topic,
             .region = "us-east-1",
             .endpoint = *outgoing::parse_url(endpoint),
             .client = {.connect_timeout = 60s, .answer_timeout = 60s}},
            credentials, service.clock.clock());
    const std::vector<SnsMessage> messages(2, message());
    const auto began = std::chrono::steady_clock::now();
    const auto outcomes = sns.publish(messages, began + 100ms);
    CHECK(results_of(outcomes) == std::vector{Result::failed, Result::failed});
    CHECK(outcomes[0].error.find("did not answer in time") != std::string::npos);
    return std::chrono::steady_clock::now() - began;
  };
  CHECK(waiting_for(silent.url(), service.credentials) < 10s);
  CredentialChain hanging(
      [&](const char* name) {
        return std::string(name) == "AWS_CONTAINER_CREDENTIALS_FULL_URI" ? silent.url() : "";
      },
      service.clock.clock());
  // Less than the time that the source would get otherwise.
  CHECK(waiting_for(service.local.url(), hanging) < 2s);
  CHECK(service.asked.empty());
}

TEST_CASE("an endpoint behind a path is asked there") {
  LocalServer local;
  local.server.Post("/stand-in/sns", [](const httplib::Request&, httplib::Response& response) {
    response.set_content(published.body, "text/xml");
  });
  local.start();
  SnsService service;
  Sns sns({.topic_arn = topic,
           .region = "us-east-1",
           .endpoint = *outgoing::parse_url(local.url() + "/stand-in/sns")},
          service.credentials, service.clock.clock());
  const std::vector<SnsMessage> messages{message()};
  CHECK(sns.publish(messages)[0].result == Result::published);
}

TEST_CASE("a topic's name says its region, and what is no topic has none") {
  CHECK(region_of_topic(topic) == "us-east-1");
  CHECK(region_of_topic("arn:aws-cn:sns:cn-north-1:123456789012:a.fifo") == "cn-north-1");
  for (const char* error :
       {"", "bookings", "arn:aws:sqs:us-east-1:123456789012:bookings",
        "arn:aws:sns:us-east-1:1:", "arn:aws:sns:us-east-1:1:a:b", "arn:aws:sns:us east:1:a"}) {
    INFO(error);
    CHECK(region_of_topic(error).empty());
  }
}

TEST_CASE("answers are read as far as they go") {
  CHECK(text_of("<a><Code>x &lt;&amp;&quot;&apos;&gt; &#65; y</Code></a>", "Code") ==
        "x <&\"'> &#65; y");
  CHECK(text_of("<Codes>1</Codes><Code b=\"c\">2</Code>", "Code") == "2");
  CHECK(text_of("<Code/><Code>3</Code>", "Code").empty());
  for (const char* broken : {"", "<", "<Code", "<Code>", "<Code>never ends", "</Code>"}) {
    INFO(broken);
    CHECK(text_of(broken, "Code").empty());
  }
  CHECK(inner_xml("<m>1</m><m/><m>2</m>", "m") == std::vector<std::string_view>{"1", "", "2"});
}
