#pragma once

#include <string>

#include "aws/credentials.h"
#include "outgoing/url.h"

namespace hss::aws {

/// The value of AWS_REGION or AWS_DEFAULT_REGION; empty if neither is set.
std::string find_region(const Variables& variables);

/// `https://<service>.<region>.amazonaws.com`, or the value of AWS_ENDPOINT_URL_<variable> or
/// AWS_ENDPOINT_URL, with its path. Throws domain::Error if that is no address, or has a query.
outgoing::Url service_endpoint(const std::string& service, const std::string& variable,
                               const std::string& region, const Variables& variables);

}  // namespace hss::aws
