#include "certificates/certificate_folder.h"

#include <chrono>
#include <filesystem>
#include <iostream>

#include "certificates/certificate_names.h"
#include "commands/commands.h"
#include "domain/clock.h"
#include "platform/network_addresses.h"
#include "platform/stop_request.h"

namespace hss::commands {
namespace {

void print_list(const char* title, const std::vector<std::string>& list) {
  if (list.empty()) return;
  std::cout << title;
  for (const std::string& one : list) std::cout << ' ' << one;
  std::cout << '\n';
}

/// As a shell takes it.
std::string quoted(const std::string& path) {
  return path.find(' ') == path.npos ? path : '"' + path + '"';
}

}  // namespace

int renew_certificate(const Config& config) {
  using namespace certificates;
  const CertificateFolder folder(config.certificate.folder);
  const auto renewal =
      folder.renew(names_of_machine(platform::host_name(), platform::local_network_addresses()),
                   parse_names(config.certificate.names), std::chrono::system_clock::now());
  std::cout << (renewal.is_new_authority
                    ? "Created an authority and a certificate from it in "
                    : "Renewed the certificate; devices that trust the authority need nothing: ")
            << config.certificate.folder << "\n\n";
  print_list("Names:      ", renewal.names.hosts);
  print_list("Addresses:  ", renewal.names.addresses);
  print_list("Left out, as the authority was made for other names:", renewal.left_out);
  std::cout << "Expires:     " << domain::to_date(renewal.end)
            << "; renew it before with hss certificate\n"
            << "Authority:   " << folder.authority_file() << ", until "
            << domain::to_date(renewal.authority_end) << '\n'
            << "SHA-256:     " << renewal.fingerprint.substr(0, 47) << "\n             "
            << renewal.fingerprint.substr(48) << "\n\n"
            << "Start the server with it:\n\n  hss serve --host '*' --tls-cert "
            << quoted(folder.certificate_file()) << " --tls-key " << quoted(folder.key_file())
            << "\n\nA server that runs with it already loads it " << platform::reload_occasion
            << ". Each device has to trust "
               "the authority once: open\n/trust of the server there, and compare the fingerprint. "
               "Keep authority-key.pem to yourself.\n";
  return 0;
}

}  // namespace hss::commands
