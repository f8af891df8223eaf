#include "platform/stop_request.h"

namespace hss::platform {

StopOnRequest::StopOnRequest()
    : thread_([this] {
        request_.wait();
        stop_.request_stop();
      }) {}

StopOnRequest::~StopOnRequest() {
  request_.request();
  thread_.join();
}

}  // namespace hss::platform
