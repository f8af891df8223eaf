#include "storage/mysql/failure.h"

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>

#include <algorithm>
#include <initializer_list>

#include "storage/sql/connection.h"

namespace hss::storage {
namespace {

using Kind = ServerFailure::Kind;

// Numbers that not both servers have. MySQL's and MariaDB's never mean different things here.
constexpr unsigned mysql_check_violated = 3819, mysql_invalid_json = 3140,
                   mysql_statement_timeout = 3024, mysql_session_killed = 3169,
                   mysql_idle_too_long = 4031, mysql_account_locked = 3118,
                   mysql_read_only_mode = 1836, mysql_no_such_grantee = 1410,
                   mariadb_check_violated = 4025, mariadb_statement_timeout = 1969,
                   mariadb_connection_killed = 1927, mariadb_account_locked = 4151,
                   mysql_no_such_check = 3821, mysql_check_exists = 3822, constraint_exists = 1826,
                   insecure_transport = 3159, no_write = 3, no_space = 14;

bool is_one_of(unsigned number, std::initializer_list<unsigned> numbers) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

Kind kind_of(unsigned number) {
  if (is_one_of(number, {CR_CONNECTION_ERROR, CR_CONN_HOST_ERROR, CR_UNKNOWN_HOST, CR_IPSOCK_ERROR,
                         CR_SERVER_HANDSHAKE_ERR, CR_VERSION_ERROR})) {
    return Kind::unreachable;
  }
  if (is_one_of(number, {ER_ACCESS_DENIED_ERROR, ER_DBACCESS_DENIED_ERROR, ER_BAD_DB_ERROR,
                         ER_HOST_NOT_PRIVILEGED, ER_HOST_IS_BLOCKED, ER_NOT_SUPPORTED_AUTH_MODE,
                         ER_ACCESS_DENIED_NO_PASSWORD_ERROR, ER_MUST_CHANGE_PASSWORD,
                         ER_MUST_CHANGE_PASSWORD_LOGIN, CR_AUTH_PLUGIN_CANNOT_LOAD,
                         CR_AUTH_PLUGIN_ERR, CR_SECURE_AUTH, CR_PLUGIN_NOT_ALLOWED,
                         mysql_account_locked, mariadb_account_locked})) {
    return Kind::sign_in;
  }
  if (number == CR_SSL_CONNECTION_ERROR || number == insecure_transport) {
    return Kind::certificate;
  }
  if (is_one_of(number, {ER_DISK_FULL, ER_RECORD_FILE_FULL, ER_ERROR_ON_WRITE,
                         ER_TEMP_FILE_WRITE_FAILURE, no_write, no_space})) {
    return Kind::full;
  }
  if (is_one_of(number, {ER_OPTION_PREVENTS_STATEMENT, ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION,
                         mysql_read_only_mode})) {
    return Kind::read_only;
  }
  if (is_one_of(number,
                {ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS, ER_USER_LIMIT_REACHED})) {
    return Kind::crowded;
  }
  if (is_one_of(number, {ER_LOCK_WAIT_TIMEOUT, ER_QUERY_INTERRUPTED, mysql_statement_timeout,
                         mariadb_statement_timeout})) {
    return Kind::busy;
  }
  if (is_one_of(number,
                {ER_TABLEACCESS_DENIED_ERROR, ER_COLUMNACCESS_DENIED_ERROR, ER_VIEW_INVALID,
                 ER_SPECIFIC_ACCESS_DENIED_ERROR, ER_PASSWORD_NO_MATCH, mysql_no_such_grantee})) {
    return Kind::no_rights;
  }
  if (number == ER_NO_SUCH_TABLE || number == ER_BAD_FIELD_ERROR) return Kind::wrong_schema;
  return Kind::other;
}

/// A value that does not fit its column, or breaks a rule of its table.
bool is_constraint(unsigned number, const std::string& sqlstate) {
  return sqlstate.starts_with("22") || sqlstate.starts_with("23") ||
         is_one_of(number, {ER_TRUNCATED_WRONG_VALUE_FOR_FIELD, ER_NO_DEFAULT_FOR_FIELD,
                            mysql_check_violated, mariadb_check_violated, mysql_invalid_json});
}

}  // namespace

bool ends_mysql_connection(unsigned number) {
  return is_one_of(number, {CR_SERVER_GONE_ERROR, CR_SERVER_LOST, CR_SERVER_LOST_EXTENDED,
                            CR_MALFORMED_PACKET, CR_COMMANDS_OUT_OF_SYNC, ER_SERVER_SHUTDOWN,
                            ER_NET_PACKET_TOO_LARGE, ER_NET_READ_ERROR, ER_NET_READ_INTERRUPTED,
                            ER_NET_ERROR_ON_WRITE, ER_NET_WRITE_INTERRUPTED,
                            mariadb_connection_killed, mysql_session_killed, mysql_idle_too_long});
}

void throw_mysql_failure(unsigned number, const std::string& sqlstate, const std::string& text) {
  const std::string message = text + " (" + std::to_string(number) + ")";
  if (ends_mysql_connection(number)) throw ConnectionLost(message);
  // The server has rolled back the transaction, which may be run again.
  if (number == ER_LOCK_DEADLOCK) throw ConnectionLost(message);
  if (is_one_of(number, {ER_TABLE_EXISTS_ERROR, ER_DUP_FIELDNAME, ER_DUP_KEYNAME,
                         mysql_no_such_check, mysql_check_exists, constraint_exists})) {
    throw ExistsAlready(message);
  }
  if (is_constraint(number, sqlstate)) throw ConstraintViolation(message);
  throw ServerFailure(kind_of(number), message);
}

}  // namespace hss::storage
