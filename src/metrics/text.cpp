#include "metrics/text.h"

#include <array>
#include <charconv>

namespace hss::metrics {
namespace {

std::string number(double value) {
  std::array<char, 32> digits{};
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general)
          .ptr;
  return {digits.data(), end};
}

void append_label(std::string& text, std::string_view name, std::string_view value) {
  text += text.back() == '{' ? "" : ",";
  text.append(name).append("=\"");
  for (const char c : value) {
    if (c == '\\' || c == '"') text += '\\';
    if (c == '\n') {
      text += "\\n";
    } else {
      text += c;
    }
  }
  text += '"';
}

std::string_view to_text(Text::Kind kind) {
  switch (kind) {
    case Text::Kind::counter:
      return "counter";
    case Text::Kind::gauge:
      return "gauge";
    case Text::Kind::histogram:
      break;
  }
  return "histogram";
}

}  // namespace

void Text::family(std::string_view name, Kind kind, std::string_view help) {
  name_ = name;
  text_.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name);
  text_.append(" ").append(to_text(kind)).append("\n");
}

void Text::sample(const Labels& labels, double value) {
  line("", labels, "", value);
}

void Text::sample(const Labels& labels, const Histogram& histogram, Values values) {
  // Divides, as a double cannot represent a millionth exactly.
  const double per_unit = values == Values::plain ? 1 : 1e6;
  // Sums up one reading of each bucket, so that the last line equals the count even while values
  // are added.
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
    count += histogram.count(i);
    line("_bucket", labels, number(static_cast<double>(histogram.bounds()[i]) / per_unit),
         static_cast<double>(count));
  }
  count += histogram.count(histogram.bounds().size());
  line("_bucket", labels, "+Inf", static_cast<double>(count));
  line("_sum", labels, "", static_cast<double>(histogram.sum()) / per_unit);
  line("_count", labels, "", static_cast<double>(count));
}

void Text::line(std::string_view suffix, const Labels& labels, std::string_view bound,
                double value) {
  text_.append(name_).append(suffix);
  if (!labels.empty() || !bound.empty()) {
    text_ += '{';
    for (const auto& [name, label] : labels) append_label(text_, name, label);
    if (!bound.empty()) append_label(text_, "le", bound);
    text_ += '}';
  }
  text_.append(" ").append(number(value)).append("\n");
}

}  // namespace hss::metrics
