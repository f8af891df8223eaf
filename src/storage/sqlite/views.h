#pragma once

#include "domain/store.h"
#include "storage/sqlite/accounts.h"
#include "storage/sqlite/audit.h"
#include "storage/sqlite/bookings.h"
#include "storage/sqlite/catalog.h"
#include "storage/sqlite/connection.h"
#include "storage/sqlite/idempotency.h"
#include "storage/sqlite/notifications.h"
#include "storage/sqlite/outbox.h"
#include "storage/sqlite/reports.h"
#include "storage/sqlite/sessions.h"
#include "storage/sqlite/token_keys.h"
#include "storage/sqlite/tx_cache.h"
#include "storage/sqlite/webhooks.h"

namespace hss::storage {

/// A view of the data through a connection, which outlives it.
class SqliteReader final : public domain::Reader {
 public:
  explicit SqliteReader(Connection& connection)
      : accounts_(connection),
        audit_(connection),
        bookings_(connection),
        catalog_(connection),
        notifications_(connection),
        outbox_(connection),
        reports_(connection),
        sessions_(connection),
        token_keys_(connection),
        webhooks_(connection) {}

  domain::AccountReader& accounts() override { return accounts_; }
  domain::AuditReader& audit() override { return audit_; }
  domain::BookingReader& bookings() override { return bookings_; }
  domain::CatalogReader& catalog() override { return catalog_; }
  domain::NotificationReader& notifications() override { return notifications_; }
  domain::OutboxReader& outbox() override { return outbox_; }
  domain::ReportReader& reports() override { return reports_; }
  domain::SessionReader& sessions() override { return sessions_; }
  domain::TokenKeyReader& token_keys() override { return token_keys_; }
  domain::WebhookReader& webhooks() override { return webhooks_; }

 private:
  SqliteAccountReader accounts_;
  SqliteAuditReader audit_;
  SqliteBookingReader bookings_;
  SqliteCatalogReader catalog_;
  SqliteNotificationReader notifications_;
  SqliteOutboxReader outbox_;
  SqliteReportReader reports_;
  SqliteSessionReader sessions_;
  SqliteTokenKeyReader token_keys_;
  SqliteWebhookReader webhooks_;
};

/// One unit of work on the writing connection, inside a transaction that the writer opened.
class SqliteTx final : public domain::Tx {
 public:
  SqliteTx(Connection& connection, TxCache& cache)
      : connection_(connection),
        accounts_(connection, cache),
        audit_(connection, cache),
        bookings_(connection, cache),
        catalog_(connection, &cache),
        notifications_(connection),
        outbox_(connection),
        reports_(connection),
        sessions_(connection, cache),
        token_keys_(connection),
        webhooks_(connection),
        idempotency_(connection) {}

  domain::AccountWriter& accounts() override { return accounts_; }
  domain::AuditWriter& audit() override { return audit_; }
  domain::BookingWriter& bookings() override { return bookings_; }
  domain::CatalogReader& catalog() override { return catalog_; }
  domain::NotificationWriter& notifications() override { return notifications_; }
  domain::OutboxWriter& outbox() override { return outbox_; }
  domain::ReportReader& reports() override { return reports_; }
  domain::SessionWriter& sessions() override { return sessions_; }
  domain::TokenKeyWriter& token_keys() override { return token_keys_; }
  domain::WebhookWriter& webhooks() override { return webhooks_; }
  domain::IdempotencyStore& idempotency() override { return idempotency_; }
  bool delete_expired(const domain::Expiry& expiry, int limit) override;

 private:
  Connection& connection_;
  SqliteAccountWriter accounts_;
  SqliteAuditWriter audit_;
  SqliteBookingWriter bookings_;
  SqliteCatalogReader catalog_;
  SqliteNotificationWriter notifications_;
  SqliteOutboxWriter outbox_;
  SqliteReportReader reports_;
  SqliteSessionWriter sessions_;
  SqliteTokenKeyWriter token_keys_;
  SqliteWebhookWriter webhooks_;
  SqliteIdempotencyStore idempotency_;
};

}  // namespace hss::storage
