#pragma once

#include "domain/store.h"
#include "storage/sql/accounts.h"
#include "storage/sql/audit.h"
#include "storage/sql/bookings.h"
#include "storage/sql/business.h"
#include "storage/sql/calendar.h"
#include "storage/sql/catalog.h"
#include "storage/sql/claim_codes.h"
#include "storage/sql/connection.h"
#include "storage/sql/idempotency.h"
#include "storage/sql/notifications.h"
#include "storage/sql/outbox.h"
#include "storage/sql/reports.h"
#include "storage/sql/residences.h"
#include "storage/sql/sessions.h"
#include "storage/sql/token_keys.h"
#include "storage/sql/tx_cache.h"
#include "storage/sql/uploads.h"
#include "storage/sql/webhooks.h"

namespace hss::storage {

/// A view of the data through a connection, which outlives it.
class SqlReader final : public domain::Reader {
 public:
  explicit SqlReader(Connection& connection)
      : accounts_(connection),
        audit_(connection),
        bookings_(connection),
        business_(connection),
        calendar_(connection),
        catalog_(connection),
        notifications_(connection),
        outbox_(connection),
        reports_(connection),
        residences_(connection),
        sessions_(connection),
        token_keys_(connection),
        uploads_(connection),
        webhooks_(connection) {}

  domain::AccountReader& accounts() override { return accounts_; }
  domain::AuditReader& audit() override { return audit_; }
  domain::BookingReader& bookings() override { return bookings_; }
  domain::BusinessReader& business() override { return business_; }
  domain::CalendarReader& calendar() override { return calendar_; }
  domain::CatalogReader& catalog() override { return catalog_; }
  domain::NotificationReader& notifications() override { return notifications_; }
  domain::OutboxReader& outbox() override { return outbox_; }
  domain::ReportReader& reports() override { return reports_; }
  domain::ResidenceReader& residences() override { return residences_; }
  domain::SessionReader& sessions() override { return sessions_; }
  domain::TokenKeyReader& token_keys() override { return token_keys_; }
  domain::UploadReader& uploads() override { return uploads_; }
  domain::WebhookReader& webhooks() override { return webhooks_; }

 private:
  SqlAccountReader accounts_;
  SqlAuditReader audit_;
  SqlBookingReader bookings_;
  SqlBusinessReader business_;
  SqlCalendarReader calendar_;
  SqlCatalogReader catalog_;
  SqlNotificationReader notifications_;
  SqlOutboxReader outbox_;
  SqlReportReader reports_;
  SqlResidenceReader residences_;
  SqlSessionReader sessions_;
  SqlTokenKeyReader token_keys_;
  SqlUploadReader uploads_;
  SqlWebhookReader webhooks_;
};

/// One unit of work on the writing connection, inside a transaction that the writer opened.
class SqlTx final : public domain::Tx {
 public:
  SqlTx(Connection& connection, TxCache& cache)
      : connection_(connection),
        accounts_(connection, cache),
        audit_(connection, cache),
        bookings_(connection, cache),
        business_(connection),
        calendar_(connection, cache),
        catalog_(connection, cache),
        claim_codes_(connection),
        notifications_(connection),
        outbox_(connection),
        reports_(connection),
        residences_(connection, cache),
        sessions_(connection, cache),
        token_keys_(connection),
        uploads_(connection),
        webhooks_(connection),
        idempotency_(connection) {}

  domain::AccountWriter& accounts() override { return accounts_; }
  domain::AuditWriter& audit() override { return audit_; }
  domain::BookingWriter& bookings() override { return bookings_; }
  domain::BusinessWriter& business() override { return business_; }
  domain::CalendarWriter& calendar() override { return calendar_; }
  domain::CatalogWriter& catalog() override { return catalog_; }
  domain::ClaimCodeStore& claim_codes() override { return claim_codes_; }
  domain::NotificationWriter& notifications() override { return notifications_; }
  domain::OutboxWriter& outbox() override { return outbox_; }
  domain::ReportReader& reports() override { return reports_; }
  domain::ResidenceWriter& residences() override { return residences_; }
  domain::SessionWriter& sessions() override { return sessions_; }
  domain::TokenKeyWriter& token_keys() override { return token_keys_; }
  domain::UploadWriter& uploads() override { return uploads_; }
  domain::WebhookWriter& webhooks() override { return webhooks_; }
  domain::IdempotencyStore& idempotency() override { return idempotency_; }
  bool delete_expired(const domain::Expiry& expiry, int limit) override;

 private:
  Connection& connection_;
  SqlAccountWriter accounts_;
  SqlAuditWriter audit_;
  SqlBookingWriter bookings_;
  SqlBusinessWriter business_;
  SqlCalendarWriter calendar_;
  SqlCatalogWriter catalog_;
  SqlClaimCodeStore claim_codes_;
  SqlNotificationWriter notifications_;
  SqlOutboxWriter outbox_;
  SqlReportReader reports_;
  SqlResidenceWriter residences_;
  SqlSessionWriter sessions_;
  SqlTokenKeyWriter token_keys_;
  SqlUploadWriter uploads_;
  SqlWebhookWriter webhooks_;
  SqlIdempotencyStore idempotency_;
};

}  // namespace hss::storage
