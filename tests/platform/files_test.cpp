#include "platform/files.h"

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <optional>

#include "support.h"

using namespace hss::platform;
using namespace hss::test;

namespace fs = std::filesystem;

TEST_CASE("a new file takes no name that is taken, and has what was written to it") {
  TempFolder folder;
  const std::string path = folder.file("ä file");
  {
    File file;
    REQUIRE_FALSE(file.open(path, File::Mode::create));
    CHECK_FALSE(file.write("first "));
    CHECK_FALSE(file.write("second"));
    CHECK_FALSE(file.sync());
  }
  File file;
  CHECK(file.open(path, File::Mode::create) == std::errc::file_exists);
  CHECK_FALSE(file.is_open());
  REQUIRE_FALSE(file.open(path, File::Mode::change));
  CHECK_FALSE(file.write_at(6, "2"));
  REQUIRE_FALSE(file.open(path, File::Mode::read));
  std::string bytes;
  CHECK_FALSE(file.read(8, bytes));
  CHECK(bytes == "first 2e");
  CHECK_FALSE(file.read(100, bytes));
  CHECK(bytes == "cond");
  // std::filesystem knows it by the same name.
  CHECK(fs::file_size(path) == 12);
  CHECK(fs::directory_iterator(folder.file(""))->path().filename().string() == "ä file");
}

TEST_CASE("a file that is not there is told from one that cannot be opened") {
  TempFolder folder;
  File file;
  for (const auto mode : {File::Mode::read, File::Mode::change}) {
    CHECK(file.open(folder.file("absent"), mode) == std::errc::no_such_file_or_directory);
  }
  CHECK(sync_path(folder.file("absent")) == std::errc::no_such_file_or_directory);
  CHECK(reason_of(file.open(folder.file("absent"), File::Mode::read)) ==
        "No such file or directory");
}

TEST_CASE("locked bytes are locked for all others until the file is closed") {
  constexpr std::uint64_t first = 0x40000000;
  TempFolder folder;
  const std::string path = folder.file("database");
  write_file(path, "short");
  std::optional<File> file;
  file.emplace();
  REQUIRE_FALSE(file->open(path, File::Mode::change));
  REQUIRE_FALSE(file->lock(first, 512));
  File other;
  REQUIRE_FALSE(other.open(path, File::Mode::change));
  CHECK(other.is_locked(first + 511, 1));
  CHECK_FALSE(other.is_locked(first + 512, 1));
  CHECK(other.lock(first, 1) == std::errc::resource_unavailable_try_again);
  file.reset();
  CHECK_FALSE(other.is_locked(first, 512));
  CHECK_FALSE(other.lock(first, 512));
}

TEST_CASE("a folder in use is locked to others, and its files are not") {
  TempFolder folder;
  const std::string path = folder.file("part");
  REQUIRE_FALSE(make_private_folder(path));
  std::optional<FolderLock> lock;
  REQUIRE(lock.emplace().lock(path));
  FolderLock other;
  CHECK_FALSE(other.lock(path));
  write_file(path + "/file", "in it");
  CHECK_FALSE(rename_over(path + "/file", folder.file("file")));
  CHECK(read_file(folder.file("file")) == "in it");
  CHECK(fs::is_empty(path));
  lock.reset();
  CHECK(other.lock(path));
  CHECK_FALSE(FolderLock().lock(folder.file("absent")));
}

TEST_CASE("a folder is made once, and in no folder that is not there") {
  TempFolder folder;
  CHECK_FALSE(make_private_folder(folder.file("new")));
  CHECK(make_private_folder(folder.file("new")) == std::errc::file_exists);
  CHECK(make_private_folder(folder.file("absent/new")) == std::errc::no_such_file_or_directory);
  write_file(folder.file("new/file"), "its owner can write in it");
  CHECK(can_write(folder.file("new")));
  CHECK(can_write(folder.file("new/file")));
  CHECK_FALSE(can_write(folder.file("absent")));
  CHECK_FALSE(sync_path(folder.file("new")));
  CHECK_FALSE(sync_path(folder.file("new/file")));
}

TEST_CASE("a rename replaces a file or leaves it, as it was asked") {
  TempFolder folder;
  const std::string one = folder.file("one"), other = folder.file("other");
  write_file(one, "1");
  write_file(other, "2");
  CHECK(rename_to_new(one, other) == std::errc::file_exists);
  CHECK(read_file(one) == "1");
  CHECK(read_file(other) == "2");
  CHECK_FALSE(rename_over(one, other));
  CHECK(read_file(other) == "1");
  CHECK_FALSE(fs::exists(one));
  CHECK_FALSE(rename_to_new(other, one));
  CHECK(read_file(one) == "1");
  CHECK(rename_to_new(other, one + "2") == std::errc::no_such_file_or_directory);
  CHECK(rename_over(other, one) == std::errc::no_such_file_or_directory);
}

TEST_CASE("a copy takes the place of a file, and a failed one says why") {
  TempFolder folder;
  const std::string one = folder.file("one"), other = folder.file("other");
  write_file(one, "1");
  CHECK_FALSE(copy_over(one, other));
  CHECK(read_file(other) == "1");
  write_file(one, "a longer text");
  CHECK_FALSE(copy_over(one, other));
  CHECK(read_file(other) == "a longer text");
  CHECK(read_file(one) == "a longer text");
  CHECK(copy_over(folder.file("absent"), other) == std::errc::no_such_file_or_directory);
}

TEST_CASE("a file that this process keeps locked is replaced all the same") {
  TempFolder folder;
  const std::string path = folder.file("database"), fresh = folder.file("fresh");
  write_file(path, "old");
  write_file(fresh, "new");
  File file;
  REQUIRE_FALSE(file.open(path, File::Mode::change));
  REQUIRE_FALSE(file.lock(0x40000000, 512));
  CHECK_FALSE(rename_over(fresh, path));
  file.close();
  CHECK(read_file(path) == "new");
}

TEST_CASE("a file is told from another that takes its name") {
  TempFolder folder;
  const std::string path = folder.file("file");
  write_file(path, "the same text");
  fs::create_hard_link(path, folder.file("second name"));
  const auto identity = identify(path);
  REQUIRE(identity);
  CHECK(identify(folder.file("second name")) == identity);
  write_file(folder.file("other"), "the same text");
  REQUIRE_FALSE(rename_over(folder.file("other"), path));
  CHECK(identify(path));
  CHECK(identify(path) != identity);
  CHECK_FALSE(identify(folder.file("absent")));
}

TEST_CASE("a failure has the same words wherever it comes from") {
  CHECK(reason_of(std::make_error_code(std::errc::no_space_on_device)) ==
        "No space left on device");
  std::error_code failure;
  fs::create_hard_link("absent", "as absent", failure);
  CHECK(reason_of(failure) == "No such file or directory");
}
