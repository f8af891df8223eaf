#pragma once

#include <string>

namespace hss {

/// Parses the value of `--host` and similar flags into the system's form: `[::1]` without its
/// brackets, an IP address in its usual form, `*` as 0.0.0.0, which is any. A name stays as it is.
/// Throws domain::Error{validation_error} with a sentence for a value that is no host (an address
/// with a port or a scheme), and for one that no browser can open (`fe80::1%eth0`).
std::string parse_listen_host(const std::string& text);

/// True if only this machine reaches it. `host` is a result of parse_listen_host(), as below.
bool is_loopback(const std::string& host);

/// The address for a browser on this machine, `http://HOST:PORT/`, if a server listens at `host`.
std::string url_of(const std::string& host, int port, bool is_https);

}  // namespace hss
