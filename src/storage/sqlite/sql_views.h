#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "domain/store.h"
#include "storage/sqlite/audit_chain.h"
#include "storage/sqlite/connection.h"

namespace hss::storage {

/// The finders of who can sign in (sql_accounts.cpp).
template <class View>
class SqlAccountView : public View {
 public:
  explicit SqlAccountView(Connection& connection) : connection_(connection) {}

  std::optional<domain::Account> find_account(std::string_view id) override;
  std::optional<domain::Account> find_account_by_email(std::string_view email) override;
  std::vector<domain::Account> list_accounts(std::string_view after, int limit) override;
  std::vector<domain::Account> list_pin_holders() override;
  bool has_administrator() override;
  std::optional<domain::SignedIn> find_session(std::string_view id) override;
  std::int64_t rights_revision() override;
  domain::PinFailures pin_failures(std::string_view account_id, std::string_view kiosk_session_id,
                                   std::string_view since) override;
  bool has_trusted_device(std::string_view account_id, std::string_view hash,
                          std::string_view since) override;
  std::vector<domain::SignedIn> list_kiosks(std::string_view now) override;
  std::optional<domain::OneTimeLink> find_link(std::string_view token_hash) override;
  std::vector<domain::TokenKey> token_keys(std::string_view now) override;

 protected:
  Connection& connection_;
};

/// Those of what others still have to hear (sql_outbox.cpp).
template <class View>
class SqlOutboxView : public SqlAccountView<View> {
 public:
  using SqlAccountView<View>::SqlAccountView;

  std::vector<domain::OutboxEvent> list_events_after(std::int64_t id, int limit) override;
  std::vector<domain::OutboxEvent> list_own_events_after(std::string_view owner, std::int64_t id,
                                                         int limit) override;
  std::int64_t last_event_id() override;
  std::vector<domain::OutboxTarget> list_targets() override;
  domain::OutboxBatch next_batch(std::string_view target, std::string_view now, int limit,
                                 domain::BatchOrder order) override;
  domain::Slice<domain::Delivery> list_deliveries(const std::optional<std::string>& target,
                                                  std::optional<domain::DeliveryState> state,
                                                  const domain::Page& page) override;

 protected:
  using SqlAccountView<View>::connection_;

 private:
  void skip_untold(domain::OutboxBatch& batch);
  bool waits(std::string_view target, std::string_view booking_id);
  std::int64_t count_waiting(std::string_view target, std::int64_t at_most);
};

/// Those of webhooks (sql_webhooks.cpp).
template <class View>
class SqlWebhookView : public SqlOutboxView<View> {
 public:
  using SqlOutboxView<View>::SqlOutboxView;

  std::optional<domain::Webhook> find_webhook(std::string_view id) override;
  std::vector<domain::Webhook> list_webhooks() override;
  std::vector<std::string> list_webhooks_changed_last_by(std::string_view actor) override;

 protected:
  using SqlOutboxView<View>::connection_;
};

/// The finders in SQL, for a Reader on its own and for the reading half of a Tx.
template <class View>
class SqlView : public SqlWebhookView<View> {
 public:
  using SqlWebhookView<View>::SqlWebhookView;

  std::optional<domain::Booking> find_booking(std::string_view id) override;
  std::vector<domain::Item> find_items(std::string_view booking_id) override;
  std::vector<domain::BookingStep> find_steps(std::string_view booking_id) override;
  domain::Slice<domain::SentNotification> list_notifications(std::string_view booking_id,
                                                             const domain::Page& page) override;
  domain::Slice<domain::Booking> list_bookings(const domain::BookingFilter& filter,
                                               const domain::Page& page) override;
  domain::Slice<domain::Booking> list_queue(std::optional<domain::Status> status,
                                            const domain::Page& page) override;
  domain::Slice<domain::AuditEvent> list_audit(const domain::AuditFilter& filter,
                                               const domain::Page& page) override;
  domain::Overview overview() override;
  domain::Statistics statistics(const std::vector<std::string>& weeks) override;
  domain::Catalog catalog() override;
  domain::AuditReport verify_audit() override;

 protected:
  using SqlWebhookView<View>::connection_;
};

using SqlReader = SqlView<domain::Reader>;

/// What a transaction of the writer's has read and its units need again: nobody else writes until
/// it ends. To be forgotten where something in it is undone.
struct TxCache {
  std::optional<domain::Catalog> catalog;
  std::optional<ChainLink> last_link;
  struct {
    std::string id;
    std::int64_t seq = 0;
  } last_booking;  ///< the newest that was made
  bool takes_rights =
      false;  ///< a session has ended, or an account may do other things than before
};

/// One unit of work on the writing connection, inside a transaction that the writer opened.
class SqlTx final : public SqlView<domain::Tx> {
 public:
  SqlTx(Connection& connection, TxCache& cache) : SqlView(connection), cache_(cache) {}

  domain::Catalog catalog() override;
  bool insert_booking(const domain::Booking& booking,
                      const std::vector<domain::Item>& items) override;
  void update_status(std::string_view booking_id, domain::Status status,
                     std::string_view updated_at) override;
  void insert_payment(std::string_view booking_id, const domain::Payment& payment) override;
  void insert_notification(const domain::Notification& notification,
                           std::string_view created_at) override;
  void append_audit(const domain::Event& event) override;
  std::optional<domain::IdempotencyRecord> find_idempotency_record(
      std::string_view scope, std::string_view key, std::string_view not_before) override;
  void insert_idempotency_record(const domain::IdempotencyRecord& answer,
                                 std::string_view not_before) override;
  std::optional<std::string> find_blocking_idempotency_record(std::string_view holder,
                                                              std::string_view not_before,
                                                              int max) override;
  bool delete_expired(const domain::Expiry& expiry, int limit) override;

  bool insert_account(const domain::Account& account) override;
  void update_account(const domain::Account& account) override;
  void insert_pin_failure(std::string_view account_id, std::string_view kiosk_session_id,
                          std::string_view failed_at, std::string_view since) override;
  void delete_pin_failures_on(std::string_view account_id,
                              std::string_view kiosk_session_id) override;
  void delete_pin_failures_of(std::string_view account_id) override;
  void put_trusted_device(const domain::TrustedDevice& mark, std::string_view since,
                          int max) override;
  void delete_trusted_devices_of(std::string_view account_id) override;
  void insert_session(const domain::Session& session, std::string_view now) override;
  void extend_session(std::string_view id, std::string_view expires_at) override;
  void delete_session(std::string_view id) override;
  void delete_sessions_on(std::string_view kiosk_session_id) override;
  void delete_sessions_of(std::string_view account_id) override;
  void delete_oldest_sessions_of(std::string_view account_id, int max) override;
  void insert_link(const domain::OneTimeLink& link) override;
  void delete_link(std::string_view token_hash, std::string_view now) override;
  void delete_links_of(std::string_view account_id) override;
  void insert_token_key(const domain::TokenKey& key, std::string_view retires_at) override;

  void insert_target(std::string_view name) override;
  void delete_target(std::string_view name) override;
  void silence_target(std::string_view name) override;
  void restart_target(std::string_view name) override;
  void commit_batch(std::string_view target, const domain::BatchResult& result) override;
  bool retry_delivery(std::string_view target, std::int64_t event_id,
                      std::string_view now) override;
  std::int64_t retry_dead_lettered(std::string_view target, std::string_view now) override;

  bool insert_webhook(const domain::Webhook& webhook) override;
  void update_webhook(const domain::Webhook& webhook) override;
  void delete_webhook(std::string_view id) override;

 private:
  void note_rights(int rows) { cache_.takes_rights = cache_.takes_rights || rows > 0; }

  TxCache& cache_;
};

}  // namespace hss::storage
