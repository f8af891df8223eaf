#include "storage/copy/file_failure.h"

#include "storage/damage.h"
#include "storage/sql/connection.h"

namespace hss::storage {

using domain::Error;
using domain::ErrorCode;

void translate_file_failures(const std::string& path, const Report& report,
                             const std::function<void()>& work) {
  const auto at_file = [&](const std::string& sentence) {
    return Error(ErrorCode::unavailable, path + ": " + sentence);
  };
  try {
    work();
  } catch (const SQLite::Exception& failure) {
    throw at_file(translate(failure, "copy " + path, report).what());
  } catch (const ConstraintViolation& failure) {
    report("database: " + path + ": " + failure.what());
    throw at_file("The database's own rules refuse a row; nothing was changed");
  } catch (const DamagedValue& value) {
    report("database: " + path + ": " + value.what());
    throw at_file(Damaged().what());
  } catch (const Damaged& damaged) {
    throw at_file(damaged.what());
  }
}

}  // namespace hss::storage
