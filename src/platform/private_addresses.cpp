#include "platform/private_addresses.h"

#include <algorithm>
#include <utility>

#include "platform/ip_address.h"

namespace hss::platform {
bool is_private_address(std::string_view address) {
  if (const auto v4 = find_ipv4(address)) {
    const int a = (*v4)[0], b = (*v4)[1];
    return a == 10 || (a == 172 && b / 16 == 1) || (a == 192 && b == 168) ||
           (a == 100 && b / 64 == 1);
  }
  const auto v6 = find_ipv6(std::string(address));
  return v6 && (*v6)[0] / 2 == 0xfc / 2;
}

std::vector<std::string> order_private_addresses(std::vector<std::string> addresses,
                                                 const std::string& first) {
  std::erase_if(addresses, [](const std::string& one) { return !is_private_address(one); });
  const auto rank = [&first](const std::string& one) {
    if (one == first) return 0;
    return one.find(':') == one.npos ? 1 : 2;
  };
  std::stable_sort(
      addresses.begin(), addresses.end(),
      [&rank](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  std::vector<std::string> once;
  for (std::string& one : addresses) {
    if (std::find(once.begin(), once.end(), one) == once.end()) once.push_back(std::move(one));
  }
  return once;
}

std::string first_label(std::string_view name) {
  std::string label(name.substr(0, name.find('.')));
  for (char& c : label) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  const bool is_label = !label.empty() && label.size() <= 63 && label.front() != '-' &&
                        label.back() != '-' && std::all_of(label.begin(), label.end(), fits);
  return is_label ? label : std::string{};
}

}  // namespace hss::platform
