#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>

#include "platform/files.h"
#include "support.h"

using namespace hss::platform;
using namespace hss::test;

namespace fs = std::filesystem;

TEST_CASE("nobody else may read what is made private, whatever the umask") {
  TempFolder folder;
  const mode_t before = ::umask(0);
  File file;
  CHECK_FALSE(file.open(folder.file("file"), File::Mode::create));
  CHECK_FALSE(make_private_folder(folder.file("folder")));
  ::umask(before);
  CHECK(fs::status(folder.file("file")).permissions() == fs::perms(0600));
  CHECK(fs::status(folder.file("folder")).permissions() == fs::perms(0700));
}

TEST_CASE("a file is not read through a link that took its name") {
  TempFolder folder;
  write_file(folder.file("secret"), "of somebody else");
  fs::create_symlink(folder.file("secret"), folder.file("photo"));
  File file;
  CHECK(file.open(folder.file("photo"), File::Mode::read) ==
        std::errc::too_many_symbolic_link_levels);
}

TEST_CASE("a file gets the permissions of the one that it replaces") {
  TempFolder folder;
  write_file(folder.file("old"), "");
  write_file(folder.file("new"), "");
  fs::permissions(folder.file("old"), fs::perms(0640));
  fs::permissions(folder.file("new"), fs::perms(0600));
  copy_access(folder.file("old"), folder.file("new"));
  CHECK(fs::status(folder.file("new")).permissions() == fs::perms(0640));
}
