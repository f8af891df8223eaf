#include "uploads/local_files.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "domain/error.h"
#include "support.h"
#include "uploads/file_copies.h"

using namespace hss::test;
using namespace hss::uploads;
using hss::domain::Error;
using hss::domain::ErrorCode;
using hss::domain::FileVariant;

namespace fs = std::filesystem;

namespace {

const std::string upload_id = "UPL-0123456789";
const StoredFile file{.upload_id = upload_id,
                      .variant = FileVariant::full,
                      .promise = {.content_type = "image/png", .size = 5, .sha256 = "hash"}};

LocalFilesOptions options_in(const std::string& folder) {
  return {.folder = folder,
          .token_keys = [] { return std::vector<std::string>{std::string(32, 'k')}; },
          .now = [] { return TestClock::start; }};
}

ErrorCode code_of(const auto& call) {
  try {
    call();
  } catch (const Error& error) {
    return error.code();
  }
  return ErrorCode::internal;
}

}  // namespace

TEST_CASE("a file is written once, for its owner's eyes, and never replaced") {
  const TempFolder folder;
  const std::string place = folder.file("hss.db.uploads");
  LocalFiles files(options_in(place));
  CHECK_FALSE(fs::exists(place));
  CHECK_FALSE(files.read(file));
  CHECK(files.write(file, "first") == LocalFiles::Written::now);
  CHECK(files.write(file, "other") == LocalFiles::Written::was_there);
  CHECK(files.read(file) == "first");
  CHECK(fs::status(place).permissions() == fs::perms::owner_all);
  CHECK(fs::status(place + "/" + upload_id + ".full").permissions() ==
        (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(std::distance(fs::directory_iterator(place), {}) == 1);
  files.erase(upload_id);
  files.erase(upload_id);
  CHECK_FALSE(files.read(file));
}

TEST_CASE("a file of more bytes than promised is not read whole") {
  const TempFolder folder;
  LocalFiles files(options_in(folder.file("x")));
  files.write(file, std::string(1000, 'x'));
  CHECK(files.read(file)->size() == 6);
}

TEST_CASE("a symbolic link in the folder is not followed") {
  const TempFolder folder;
  LocalFiles files(options_in(folder.file("x")));
  write_file(folder.file("secret"), "12345");
  fs::create_directory(folder.file("x"));
  fs::create_symlink(folder.file("secret"), folder.file("x/" + upload_id + ".full"));
  CHECK(code_of([&] { files.read(file); }) == ErrorCode::unavailable);
  CHECK(files.write(file, "other") == LocalFiles::Written::was_there);
  CHECK(read_file(folder.file("secret")) == "12345");
}

TEST_CASE("a disk with less than 256 MiB or a fiftieth free takes no photos") {
  constexpr std::uint64_t mib = 1024 * 1024;
  const auto takes = [](DiskSpace space) {
    auto options = options_in("nowhere");
    options.disk_space = [space](const std::string&) { return space; };
    LocalFiles files(std::move(options));
    return code_of([&] { files.require_room(); }) != ErrorCode::unavailable;
  };
  CHECK(takes({.free = 256 * mib, .all = 1000 * mib}));
  CHECK_FALSE(takes({.free = 256 * mib - 1, .all = 1000 * mib}));
  CHECK(takes({.free = 1000 * mib, .all = 50'000 * mib}));
  CHECK_FALSE(takes({.free = 1000 * mib - 1, .all = 50'000 * mib}));
}

TEST_CASE("the space of a folder that is not made yet is that of the place where it will be") {
  const TempFolder folder;
  const LocalFiles files(options_in(folder.file("a/b/c")));
  REQUIRE(files.disk_space());
  CHECK(files.disk_space()->all > 0);
}

TEST_CASE("an address is good for its method, its file, its bytes and its time alone") {
  LocalFiles files(options_in("nowhere"));
  const Link link = files.link_to_put(file);
  const auto value = [&](const std::string& member) {
    const auto at = link.url.find(member + "=") + member.size() + 1;
    return link.url.substr(at, link.url.find('&', at) - at);
  };
  const std::string expires = value("expires"), signature = value("signature");
  const auto holds = [&](const std::string& method, const StoredFile& of, const std::string& until,
                         const std::string& sign) {
    return code_of([&] { files.require_signature(method, of, until, sign); }) ==
           ErrorCode::internal;
  };
  CHECK(holds("PUT", file, expires, signature));
  CHECK_FALSE(holds("GET", file, expires, signature));
  CHECK_FALSE(holds("PUT", file, std::to_string(std::stoll(expires) + 1), signature));
  CHECK_FALSE(holds("PUT", file, "0" + expires, signature));
  CHECK_FALSE(holds("PUT", file, expires, ""));
  CHECK_FALSE(holds("PUT", file, expires, signature + "A"));
  for (const auto& change : std::vector<void (*)(StoredFile&)>{
           [](StoredFile& other) { other.upload_id = "UPL-0123456788"; },
           [](StoredFile& other) { other.variant = FileVariant::thumb; },
           [](StoredFile& other) { other.promise.size = 6; },
           [](StoredFile& other) { other.promise.content_type = "image/jpeg"; },
           [](StoredFile& other) { other.promise.sha256 = "other"; }}) {
    StoredFile other = file;
    change(other);
    CHECK_FALSE(holds("PUT", other, expires, signature));
  }
}

TEST_CASE("a copy of files shares their bytes and leaves what is there") {
  const TempFolder folder;
  const std::string from = folder.file("from"), to = folder.file("to");
  LocalFiles files(options_in(from));
  files.write(file, "bytes");
  const std::vector<FileName> names{{upload_id, FileVariant::full},
                                    {upload_id, FileVariant::thumb}};
  for (int i = 0; i < 2; ++i) {
    const CopiedFiles copied = copy_files(from, to, names);
    CHECK(copied.copied == 1);
    CHECK(copied.missing == 1);
  }
  CHECK(read_file(to + "/" + upload_id + ".full") == "bytes");
  CHECK(fs::hard_link_count(to + "/" + upload_id + ".full") == 2);
  CHECK(list_files(to).size() == 1);
  write_file(to + "/note", "x");
  remove_files(to);
  CHECK(fs::exists(to + "/note"));
  fs::remove(to + "/note");
  remove_files(to);
  CHECK_FALSE(fs::exists(to));
  CHECK(files.read(file) == "bytes");
}
