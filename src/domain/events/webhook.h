#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hss::domain {

/// A URL that receives events. Its id names its outbox target.
struct Webhook {
  std::string id;      ///< `WHK-` and ten characters of Crockford base 32
  std::string url;     ///< `http://` or `https://`; may have a secret in its path or query
  std::string secret;  ///< 24 to 64 bytes that sign its messages; shown once, when it is created
  bool enabled = true;
  std::string disabled_reason;  ///< why the program disabled it, in a sentence; empty: it did not
  std::string created_at;       ///< RFC 3339
};

inline constexpr std::size_t max_webhooks = 20;
inline constexpr std::size_t max_webhook_url_length = 2000;
inline constexpr std::size_t min_webhook_secret_length = 24,
                             max_webhook_secret_length = 64;  ///< bytes

/// True if the outbox target of this name is a webhook.
bool is_webhook_id(std::string_view target);

class WebhookReader {
 public:
  virtual ~WebhookReader() = default;

  virtual std::optional<Webhook> find(std::string_view id) = 0;
  /// Sorted by creation.
  virtual std::vector<Webhook> list() = 0;
  /// Returns the ids of enabled webhooks whose last change in the audit trail this actor made.
  virtual std::vector<std::string> list_changed_last_by(std::string_view actor) = 0;

  /// Throws Error{not_found}.
  Webhook get(std::string_view id);
};

class WebhookWriter : public WebhookReader {
 public:
  /// Returns false and does nothing if the id is taken.
  [[nodiscard]] virtual bool insert(const Webhook& webhook) = 0;
  /// Updates its URL, whether it is enabled, and why not.
  virtual void update(const Webhook& webhook) = 0;
  virtual void remove(std::string_view id) = 0;
};

}  // namespace hss::domain
