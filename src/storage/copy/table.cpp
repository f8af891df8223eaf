#include "storage/copy/table.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace hss::storage {
namespace {

Column integer(const char* name) {
  return {name, Column::Type::integer};
}
Column text(const char* name) {
  return {name, Column::Type::text};
}
Column blob(const char* name) {
  return {name, Column::Type::blob};
}

std::string names_of(const std::vector<Column>& columns) {
  std::string names;
  for (const Column& column : columns) names.append(names.empty() ? "" : ", ").append(column.name);
  return names;
}

/// Engines find where to begin by the key's first column.
std::string behind(const std::vector<Column>& key) {
  const std::string first = key[0].name;
  if (key.size() == 1) return first + " > ?1";
  return first + " >= ?1 AND (" + first + " > ?1 OR " + key[1].name + " > ?2)";
}

std::vector<Table> make_tables() {
  const Column by_rowid = integer("rowid");
  const std::vector<Column> session{
      text("id"),          text("account_id"),        integer("is_device"),
      text("device_name"), text("device_session_id"), text("created_at"),
      text("expires_at")};
  std::vector<Table> tables;
  const auto add = [&](const char* name, std::vector<Column> columns, std::vector<Column> key,
                       const char* condition = "") {
    tables.emplace_back(name, std::move(columns), std::move(key), condition);
  };
  add("catalog_items",
      {text("item_type"), text("label"), text("icon"), integer("monthly_price"),
       integer("position"), integer("offered")},
      {text("item_type")});
  add("catalog_fees", {text("name"), integer("amount")}, {text("name")});
  add("catalog_charges", {integer("position"), text("name"), integer("amount")},
      {integer("position")});
  add("accounts",
      {text("id"), text("email"), text("name"), text("role"), text("password_hash"),
       text("pin_hash"), integer("enabled"), text("created_at")},
      {text("id")});
  add("business",
      {integer("id"), text("name"), text("legal_name"), text("registration_number"),
       text("vat_number"), text("phone"), text("whatsapp"), text("email"), text("address"),
       text("opening"), text("privacy"), text("prohibited"), integer("liability_cap"),
       text("payment_methods")},
      {integer("id")});
  add("business_terms", {integer("version"), text("text"), text("date")}, {integer("version")});
  // A session on a shared screen refers to the screen's.
  add("sessions", session, {text("id")}, "device_session_id IS NULL");
  add("sessions", session, {text("id")}, "device_session_id IS NOT NULL");
  add("rights_revision", {integer("revision")}, {});
  add("one_time_links", {text("token_hash"), text("account_id"), text("expires_at")},
      {text("token_hash")});
  add("pin_failures", {text("account_id"), text("device_session_id"), text("failed_at")},
      {by_rowid});
  add("device_marks", {text("mark_hash"), text("account_id"), text("used_at")},
      {text("mark_hash")});
  add("token_keys", {integer("id"), blob("bytes"), text("created_at"), text("retires_at")},
      {integer("id")});
  add("bookings",
      {integer("seq"),
       text("id"),
       text("customer_name"),
       text("email"),
       text("pickup_date"),
       text("pickup_window"),
       text("address"),
       integer("item_count"),
       integer("duration_months"),
       integer("monthly_subtotal"),
       integer("handling_fee"),
       integer("total"),
       text("status"),
       text("created_at"),
       text("updated_at"),
       text("owner"),
       text("items"),
       integer("version"),
       text("phone"),
       text("whatsapp"),
       text("access_notes"),
       text("collected_on"),
       text("return_date"),
       text("return_window"),
       text("return_address"),
       text("return_method"),
       integer("failed_trips"),
       integer("needs_new_date"),
       integer("last_item_id"),
       text("due_on"),
       text("residence_id"),
       text("room"),
       text("return_residence_id"),
       text("return_room"),
       integer("terms_version"),
       integer("early_start"),
       text("pickup_method")},
      {integer("seq")});
  add("booking_changes",
      {integer("booking_seq"), integer("version"), text("salt"), text("personal")},
      {integer("booking_seq"), integer("version")});
  add("failed_trips",
      {integer("booking_seq"), text("client_id"), text("kind"), text("date"), text("reason"),
       text("failed_at"), text("undone_at"), text("stop_window")},
      {integer("booking_seq"), text("client_id")});
  add("claim_codes", {integer("booking_seq"), text("code_hash"), text("expires_at")},
      {integer("booking_seq")});
  add("claim_failures", {text("account_id"), text("failed_at")}, {by_rowid});
  add("payments",
      {integer("booking_seq"), text("reference"), text("method"), integer("amount"),
       text("created_at")},
      {integer("booking_seq")});
  add("uploads",
      {text("id"), text("purpose"), text("state"), text("owner"), text("holder"),
       text("booking_id"), integer("item"), text("content_type"), integer("size"), text("sha256"),
       text("thumb_type"), integer("thumb_size"), text("thumb_sha256"), integer("width"),
       integer("height"), text("created_at"), text("due_at")},
      {text("id")});
  add("notifications",
      {integer("id"), text("booking_id"), text("message"), text("created_at"), text("actor"),
       text("actor_role")},
      {integer("id")});
  add("audit_events",
      {integer("id"), text("event_type"), text("booking_id"), integer("booking_seq"),
       text("payload"), text("actor"), text("actor_role"), text("request_id"), text("created_at"),
       blob("previous_hash"), blob("hash")},
      {integer("id")});
  add("outbox_targets",
      {text("name"), integer("position"), text("last_error"), text("last_error_at"),
       text("last_success_at")},
      {text("name")});
  add("deliveries",
      {text("target"), integer("event_id"), integer("booking_seq"), text("state"), integer("tries"),
       text("next_try_at"), text("first_failed_at"), integer("status_code"), text("error"),
       integer("took_ms"), text("updated_at")},
      {text("target"), integer("event_id")});
  add("webhooks",
      {text("id"), text("url"), blob("secret"), integer("enabled"), text("disabled_reason"),
       text("created_at")},
      {text("id")});
  add("remembered_answers",
      {text("scope"), text("\"key\""), text("fingerprint"), integer("status"), text("body"),
       text("location"), text("created_at"), text("holder")},
      {text("scope"), text("\"key\"")});
  add("calendar", {integer("id"), integer("version"), text("document"), text("updated_at")},
      {integer("id")});
  add("places", {text("date"), text("starts"), text("ends"), text("kind"), integer("taken")},
      {text("date"), text("starts"), text("ends"), text("kind")});
  add("residences",
      {text("id"), text("name"), text("suburb"), text("closes_on"), text("reopens_on"),
       text("gate"), text("stairs"), text("parking"), text("caretaker_phone")},
      {text("id")});
  add("status_totals", {text("status"), integer("count"), integer("value")}, {text("status")});
  add("payment_totals", {integer("count"), integer("value")}, {});
  add("week_totals", {text("week"), integer("bookings"), integer("revenue")}, {text("week")});
  add("item_totals", {text("item_type"), integer("count")}, {text("item_type")});
  add("duration_totals", {integer("duration_months"), integer("count")},
      {integer("duration_months")});
  return tables;
}

}  // namespace

Table::Table(const char* name, std::vector<Column> columns, std::vector<Column> key,
             const char* condition)
    : name_(name), columns_(std::move(columns)), key_(std::move(key)) {
  const std::string part = condition;
  const std::string of_part = part.empty() ? "" : " WHERE " + part;
  std::string values = "?";
  for (std::size_t i = 1; i < columns_.size(); ++i) values += ", ?";
  count_ = "SELECT count(*) FROM " + std::string(name) + of_part;
  clear_ = "DELETE FROM " + std::string(name);
  insert_ =
      "INSERT INTO " + std::string(name) + " (" + names_of(columns_) + ") VALUES (" + values + ")";
  const std::string select = "SELECT " + names_of(columns_) + (key_.empty() ? "" : ", ") +
                             names_of(key_) + " FROM " + name;
  if (key_.empty()) {
    first_rows_ = select + " LIMIT ?";
    return;
  }
  const std::string in_order = " ORDER BY " + names_of(key_) + " LIMIT ";
  first_rows_ = select + of_part + in_order + "?1";
  next_rows_ = select + (part.empty() ? " WHERE " : " WHERE " + part + " AND ") + behind(key_) +
               in_order + "?" + std::to_string(key_.size() + 1);
}

std::size_t Table::index_of(std::string_view column) const {
  const auto found = std::find_if(columns_.begin(), columns_.end(),
                                  [&](const Column& each) { return each.name == column; });
  if (found == columns_.end()) throw std::logic_error("no column " + std::string(column));
  return static_cast<std::size_t>(found - columns_.begin());
}

std::span<const Table> copied_tables() {
  static const std::vector<Table> tables = make_tables();
  return tables;
}

const Table& copied_table(std::string_view name) {
  for (const Table& table : copied_tables()) {
    if (table.name() == name) return table;
  }
  throw std::logic_error("no table " + std::string(name));
}

}  // namespace hss::storage
