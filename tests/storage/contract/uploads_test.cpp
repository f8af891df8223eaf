#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "storage/contract/backend.h"

using namespace hss::domain;
using namespace hss::test;

namespace {

Upload an_upload(const std::string& id) {
  return {
      .id = id,
      .purpose = UploadPurpose::item,
      .state = UploadState::waiting,
      .owner = "ACC-0000000001",
      .holder = "ACC-0000000001",
      .booking_id = std::nullopt,
      .item = std::nullopt,
      .full = {.content_type = "image/jpeg", .size = 1000, .sha256 = std::string(43, 'A') + "="},
      .thumb =
          UploadFile{
              .content_type = "image/webp", .size = 100, .sha256 = std::string(43, 'B') + "="},
      .width = 0,
      .height = 0,
      .created_at = "2026-11-22T08:00:00.000Z",
      .due_at = "2026-11-23T08:00:00.000Z"};
}

const std::string first = "UPL-0000000001", second = "UPL-0000000002", third = "UPL-0000000003";

bool insert(Backend& backend, const Upload& upload) {
  return backend.store.transact([&](Tx& tx) { return tx.uploads().insert(upload); });
}
void update(Backend& backend, const Upload& upload) {
  backend.store.transact([&](Tx& tx) { tx.uploads().update(upload); });
}
template <class Ask>
auto ask(Backend& backend, const Ask& question) {
  return backend.store.read([&](Reader& reader) { return question(reader.uploads()); });
}

void check_equal(const std::optional<Upload>& found, const Upload& expected) {
  REQUIRE(found.has_value());
  CHECK(found->id == expected.id);
  CHECK(found->purpose == expected.purpose);
  CHECK(found->state == expected.state);
  CHECK(found->owner == expected.owner);
  CHECK(found->holder == expected.holder);
  CHECK(found->booking_id == expected.booking_id);
  CHECK(found->item == expected.item);
  CHECK(found->full == expected.full);
  CHECK(found->thumb == expected.thumb);
  CHECK(found->width == expected.width);
  CHECK(found->height == expected.height);
  CHECK(found->created_at == expected.created_at);
  CHECK(found->due_at == expected.due_at);
}

std::vector<std::string> ids_of(const std::vector<Upload>& uploads) {
  std::vector<std::string> ids;
  for (const Upload& upload : uploads) ids.push_back(upload.id);
  return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("an upload comes back as it was inserted, and as it was changed") {
  Backend backend(each_engine());
  Upload upload = an_upload(first);
  CHECK(insert(backend, upload));
  CHECK_FALSE(insert(backend, upload));
  check_equal(ask(backend, [](UploadReader& uploads) { return uploads.find(first); }), upload);
  CHECK_FALSE(ask(backend, [](UploadReader& uploads) { return uploads.find(second); }));
  upload.state = UploadState::claimed;
  upload.booking_id = backend.create().id;
  upload.item = 3;
  upload.width = 1600;
  upload.height = 1200;
  upload.due_at = "";
  update(backend, upload);
  check_equal(ask(backend, [](UploadReader& uploads) { return uploads.find(first); }), upload);
  Upload document = an_upload(second);
  document.thumb.reset();
  CHECK(insert(backend, document));
  check_equal(ask(backend, [](UploadReader& uploads) { return uploads.find(second); }), document);
}

TEST_CASE("a booking's uploads are those that it has, by item") {
  Backend backend(each_engine());
  const std::string booking = backend.create().id, other = backend.create().id;
  const auto insert_claimed = [&](const std::string& id, const std::string& of,
                                  std::optional<int> item, UploadState state) {
    Upload upload = an_upload(id);
    upload.booking_id = of;
    upload.item = item;
    upload.state = state;
    REQUIRE(insert(backend, upload));
  };
  insert_claimed(first, booking, std::nullopt, UploadState::claimed);
  insert_claimed(second, booking, 2, UploadState::claimed);
  insert_claimed(third, booking, 1, UploadState::claimed);
  insert_claimed("UPL-0000000004", booking, 1, UploadState::waiting);
  insert_claimed("UPL-0000000005", booking, 1, UploadState::erasing);
  insert_claimed("UPL-0000000006", other, 1, UploadState::claimed);
  CHECK(ids_of(ask(backend, [&](UploadReader& uploads) {
          return uploads.list_claimed(booking);
        })) == Ids{third, second, first});
}

TEST_CASE("unclaimed uploads are counted by holder and purpose, with their bytes") {
  Backend backend(each_engine());
  const auto count = [&](UploadPurpose purpose) {
    return ask(backend, [&](UploadReader& uploads) {
      return uploads.count_unclaimed("ACC-0000000001", purpose);
    });
  };
  CHECK(count(UploadPurpose::item).count == 0);
  CHECK(count(UploadPurpose::item).first_due_at.empty());
  Upload upload = an_upload(first);
  insert(backend, upload);
  upload.id = second;
  upload.state = UploadState::ready;
  upload.due_at = "2026-11-23T07:00:00.000Z";
  insert(backend, upload);
  upload.id = third;
  upload.state = UploadState::erasing;
  insert(backend, upload);
  upload = an_upload("UPL-0000000004");
  upload.holder = "from 192.0.2.1";
  insert(backend, upload);
  upload = an_upload("UPL-0000000005");
  upload.purpose = UploadPurpose::handover;
  upload.thumb.reset();
  insert(backend, upload);
  const Unclaimed items = count(UploadPurpose::item);
  CHECK(items.count == 2);
  CHECK(items.bytes == 2200);
  CHECK(items.first_due_at == "2026-11-23T07:00:00.000Z");
  CHECK(count(UploadPurpose::handover).count == 1);
  const auto totals = ask(backend, [](UploadReader& uploads) { return uploads.totals(); });
  CHECK(totals.files == 9);
  CHECK(totals.bytes == 5400);
  CHECK(totals.unclaimed == 4);
}

TEST_CASE("uploads are due by their time, and only what is being erased is removed") {
  Backend backend(each_engine());
  Upload upload = an_upload(first);
  insert(backend, upload);
  upload.id = second;
  upload.state = UploadState::erasing;
  insert(backend, upload);
  const auto due = [&](const std::string& now, int limit) {
    return ask(backend, [&](UploadReader& uploads) { return uploads.list_due(now, limit); }).size();
  };
  CHECK(due("2026-11-23T07:59:59.999Z", 9) == 0);
  CHECK(due("2026-11-23T08:00:00.000Z", 9) == 2);
  CHECK(due("2026-11-23T08:00:00.000Z", 1) == 1);
  backend.store.transact([](Tx& tx) {
    tx.uploads().remove_erased(first);
    tx.uploads().remove_erased(second);
  });
  CHECK(ask(backend, [](UploadReader& uploads) { return uploads.find(first); }));
  CHECK_FALSE(ask(backend, [](UploadReader& uploads) { return uploads.find(second); }));
}

TEST_CASE("uploads outlive the end of their booking, and those of an open one all time") {
  Backend backend(each_engine());
  const std::string open = backend.create().id, ended = backend.create().id;
  backend.step(ended, Status::cancelled);
  Upload upload = an_upload(first);
  upload.state = UploadState::claimed;
  upload.due_at = "";
  upload.booking_id = open;
  insert(backend, upload);
  upload.id = second;
  upload.booking_id = ended;
  insert(backend, upload);
  const auto outlived = [&](const std::string& ended_before) {
    return ask(backend,
               [&](UploadReader& uploads) { return uploads.list_outlived(ended_before, 9); });
  };
  CHECK(outlived(to_rfc3339(backend.clock.now())).empty());
  CHECK(outlived("2999-01-01T00:00:00.000Z") == Ids{second});
}

TEST_CASE("stored uploads are listed by id, page by page") {
  Backend backend(each_engine());
  for (const std::string& id : {third, first, second}) {
    Upload upload = an_upload(id);
    upload.state = id == second ? UploadState::waiting : UploadState::ready;
    insert(backend, upload);
  }
  const auto list = [&](const std::string& after, int limit) {
    return ids_of(
        ask(backend, [&](UploadReader& uploads) { return uploads.list_stored(after, limit); }));
  };
  CHECK(list("", 9) == Ids{first, third});
  CHECK(list("", 1) == Ids{first});
  CHECK(list(first, 9) == Ids{third});
}

TEST_CASE("the photos of an item come back, and its place is its id") {
  Backend backend(each_engine());
  BookingDraft draft = a_draft();
  draft.items = {{.type = "bed", .s3_key = "k", .photos = {"a", "b \"\\"}}, {.type = "box"}};
  const std::string id = backend.create(draft).id;
  const auto items =
      backend.store.read([&](Reader& reader) { return reader.bookings().find_items(id); });
  REQUIRE(items.size() == 2);
  CHECK(items[0].id == 1);
  CHECK(items[0].photos == std::vector<std::string>{"a", "b \"\\"});
  CHECK(items[1].id == 2);
  CHECK(items[1].photos.empty());
}
