#pragma once

#include <functional>
#include <optional>
#include <string>

#include "api/http/request.h"
#include "api/http/response.h"
#include "desktop/business.h"
#include "desktop/tab_tokens.h"

namespace hss::desktop {

/// The start page's own routes, below /api/v1/desktop. The server that has them listens on loopback
/// alone, so no other machine reaches them. They answer to this machine's addresses only, as a name
/// may have been bound to one (DNS rebinding), and to no page of another origin.
///
/// | route | credential in X-HSS-Desktop | |
/// |---|---|---|
/// | GET proof?nonce= | | shows that this server knows the instance file's secret |
/// | POST codes | that secret | makes the code of a link |
/// | POST token | | gives a tab its token for a code, once |
/// | GET (itself) | a tab's token | what runs here |
/// | POST business | a tab's token | starts the business; the page to open |
/// | POST stop | a tab's token | ends the program soon |
///
/// A page of another origin may not send that header (Access-Control-Allow-Headers does not have
/// it), so none can forge a request. Thread-safe; the arguments outlive it.
class StartPage {
 public:
  struct Facts {
    std::string secret;    ///< of the instance file
    std::string problem;   ///< why the settings could not be used; empty: they are
    std::string log_file;  ///< empty: none is written
  };

  /// `stop` is called once somebody asks to end the program, from any thread.
  StartPage(Facts facts, TabTokens& tokens, Business& business, std::function<void()> stop);

  /// Answers requests of these routes, and none of others. Throws domain::Error. The request's path
  /// is parsed.
  std::optional<api::Response> answer(const api::Request& request) const;

 private:
  struct Route;
  static const std::vector<Route>& routes();

  api::Response get_proof(const api::Request& request) const;
  api::Response create_code(const api::Request& request) const;
  api::Response redeem_code(const api::Request& request) const;
  api::Response get_status(const api::Request& request) const;
  api::Response open_business(const api::Request& request) const;
  api::Response stop(const api::Request& request) const;

  const Facts facts_;
  TabTokens& tokens_;
  Business& business_;
  const std::function<void()> stop_;
};

}  // namespace hss::desktop
