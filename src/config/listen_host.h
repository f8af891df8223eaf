#pragma once

#include <string>

namespace hss {

/// What `--host` and the like name, as the system takes it: `[::1]` without its brackets, an IP
/// address in its usual form, `*` as 0.0.0.0, which is any. A name stays one. Throws
/// domain::Error{validation_error} with a sentence for what is no host (an address with a port or a
/// scheme), and for what no browser can open (`fe80::1%eth0`).
std::string parse_listen_host(const std::string& text);

/// True if only this machine reaches it. `host` is what parse_listen_host() gave, as below.
bool is_loopback(const std::string& host);

/// What a browser on this machine opens, `http://HOST:PORT/`, where a server listens at `host`.
std::string url_of(const std::string& host, int port, bool is_https);

}  // namespace hss
