#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "uploads/local_files.h"

namespace hss::uploads {

struct CopiedFiles {
  std::int64_t copied = 0;
  std::int64_t missing = 0;  ///< that were not there
};

/// Gives the files of one folder a second name in another, which is made; copies them where the
/// file system has no such names. Files that are in the other folder stay as they are. On disk by
/// the return. Throws Error{unavailable} if the other folder cannot be written.
CopiedFiles copy_files(const std::string& from, const std::string& to,
                       const std::vector<FileName>& names);

/// The files in a folder that are named as uploads are; none if there is no folder.
std::vector<FileName> list_files(const std::string& folder);

/// Removes such files from a folder, and the folder if nothing else is in it.
void remove_files(const std::string& folder);

/// The folder with the files of a backup.
std::string folder_of_backup(const std::string& backup);

}  // namespace hss::uploads
