#include "aws/endpoint.h"

#include <utility>

#include "domain/error.h"

namespace hss::aws {

std::string find_region(const Variables& variables) {
  for (const char* name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    if (std::string region = variables(name); !region.empty()) return region;
  }
  return "";
}

outgoing::Url service_endpoint(const std::string& service, const std::string& variable,
                               const std::string& region, const Variables& variables) {
  std::string address = "https://" + service + "." + region + ".amazonaws.com";
  if (region.starts_with("cn-")) address += ".cn";
  std::string source = "the region " + region;
  for (const std::string& name :
       {std::string("AWS_ENDPOINT_URL"), "AWS_ENDPOINT_URL_" + variable}) {
    std::string given = variables(name.c_str());
    if (given.empty()) continue;
    address = std::move(given);
    source = name;
  }
  auto url = outgoing::parse_url(address);
  if (!url || url->target.find('?') != url->target.npos) {
    throw domain::Error(domain::ErrorCode::unavailable,
                        source + " is not an address such as http://127.0.0.1:5000");
  }
  return *url;
}

}  // namespace hss::aws
