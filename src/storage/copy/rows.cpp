#include "storage/copy/rows.h"

#include "crypto/digest.h"
#include "storage/damage.h"
#include "storage/stored_text.h"

namespace hss::storage {
namespace {

using Type = Column::Type;

/// As many rows and bytes as wait to be sent to a server, which may take no more than 4 MB at once.
constexpr int max_enqueued = 1'000;
constexpr std::size_t max_enqueued_bytes = 1 << 20;
/// Bytes of rows that are hashed at once.
constexpr std::size_t enough_to_hash = 1 << 20;

/// Resets a statement at the end of its scope.
class Run {
 public:
  Run(Connection& connection, const char* sql) : statement_(connection.statement(sql)) {}
  ~Run() { statement_.reset(); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Statement* operator->() { return &statement_; }

  void bind(int index, const Value& value, Type type) {
    if (std::holds_alternative<std::monostate>(value)) return statement_.bind_null(index);
    if (type == Type::integer) return statement_.bind(index, std::get<std::int64_t>(value));
    if (type == Type::text) return statement_.bind_text(index, std::get<std::string>(value));
    statement_.bind_blob(index, std::get<std::string>(value));
  }

  Value value(int column, Type type) const {
    if (statement_.is_null(column)) return {};
    if (type == Type::integer) return require_known(statement_.integer(column), "a number");
    if (type == Type::blob) return statement_.blob(column);
    std::string text = statement_.text(column);
    if (!is_stored_text(text)) throw_damage("a text");
    return text;
  }

 private:
  Statement& statement_;
};

void append(std::string& bytes, const Value& value) {
  const auto add = [&bytes](char kind, std::string_view content) {
    bytes.append(1, kind).append(std::to_string(content.size())).append(":").append(content);
  };
  if (std::holds_alternative<std::monostate>(value)) return add('n', "");
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    return add('i', std::to_string(*number));
  }
  add('b', std::get<std::string>(value));
}

}  // namespace

std::int64_t integer_of(const Value& value) {
  const auto* number = std::get_if<std::int64_t>(&value);
  if (number == nullptr) throw_damage("a number that is missing");
  return *number;
}

const std::string& text_of(const Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  if (text == nullptr) throw_damage("a text that is missing");
  return *text;
}

void read_rows(Connection& connection, const Table& table,
               const std::function<void(const Row&)>& see) {
  const auto& columns = table.columns();
  const auto& key = table.key();
  const std::int64_t limit = connection.rows_at_once();
  Row row(columns.size());
  std::vector<Value> last(key.size());
  std::int64_t seen = limit;
  for (bool is_first = true; seen == limit; is_first = false) {
    Run rows(connection, is_first ? table.first_rows() : table.next_rows());
    int parameter = 0;
    for (std::size_t i = 0; i < key.size() && !is_first; ++i) {
      rows.bind(++parameter, last[i], key[i].type);
    }
    rows->bind(++parameter, limit);
    for (seen = 0; rows->step(); ++seen) {
      int at = 0;
      for (std::size_t i = 0; i < columns.size(); ++i) row[i] = rows.value(at++, columns[i].type);
      for (std::size_t i = 0; i < key.size(); ++i) last[i] = rows.value(at++, key[i].type);
      see(row);
    }
  }
}

std::int64_t count_rows(Connection& connection, const Table& table) {
  Query row(connection, table.count());
  row.step();
  return row.integer(0);
}

void RowWriter::write(const Row& row) {
  Run run(connection_, table_.insert());
  for (std::size_t i = 0; i < row.size(); ++i) {
    run.bind(static_cast<int>(i) + 1, row[i], table_.columns()[i].type);
    if (const auto* text = std::get_if<std::string>(&row[i])) bytes_ += text->size();
  }
  run->enqueue_row();
  if (++enqueued_ >= max_enqueued || bytes_ >= max_enqueued_bytes) finish();
}

void RowWriter::finish() {
  connection_.flush();
  enqueued_ = 0;
  bytes_ = 0;
}

void RowSum::add(const Row& row) {
  ++rows_;
  for (const Value& value : row) append(unsummed_, value);
  if (unsummed_.size() < enough_to_hash) return;
  sum_ = crypto::sha256(sum_ + unsummed_);
  unsummed_.clear();
}

std::string RowSum::sum() const {
  return crypto::sha256(sum_ + unsummed_);
}

}  // namespace hss::storage
