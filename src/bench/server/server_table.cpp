#include "bench/server/server_table.h"

#include <algorithm>
#include <cstdio>
#include <functional>

namespace hss::bench {
namespace {

using nlohmann::ordered_json;

struct Spread {
  double least = 0, median = 0, most = 0;
};

Spread spread_of(std::vector<double> numbers) {
  std::sort(numbers.begin(), numbers.end());
  return {numbers.front(), numbers[numbers.size() / 2], numbers.back()};
}

Spread spread_of(const ServerRow& row, const std::function<double(const Figure&)>& number) {
  std::vector<double> numbers;
  for (const Figure& figure : row.rounds) numbers.push_back(number(figure));
  return spread_of(std::move(numbers));
}

double per_second(const Figure& figure) {
  return figure.load.per_second();
}

Spread ratios(const ServerRow& row, const ServerRow& baseline) {
  std::vector<double> ratios;
  for (std::size_t round = 0; round < row.rounds.size(); ++round) {
    ratios.push_back(per_second(row.rounds[round]) / per_second(baseline.rounds[round]));
  }
  return spread_of(std::move(ratios));
}

std::string text_of(const char* format, double number) {
  char text[32];
  std::snprintf(text, sizeof text, format, number);
  return text;
}

/// `-` where there is nothing to say.
std::string known(bool is_known, const char* format, double number) {
  return is_known ? text_of(format, number) : "-";
}

std::size_t unexpected_in(const ServerRow& row) {
  std::size_t count = 0;
  for (const Figure& figure : row.rounds) count += figure.load.unexpected;
  return count;
}

void report_row(const ServerRow& row, Report& report) {
  const Spread rate = spread_of(row, per_second);
  const double p50 = spread_of(row, [](const Figure& one) { return one.load.p50_ms; }).median;
  const double p99 = spread_of(row, [](const Figure& one) { return one.load.p99_ms; }).median;
  const double most = spread_of(row, [](const Figure& one) { return one.load.p999_ms; }).most;
  const double cpu = spread_of(row, [](const Figure& one) { return one.cpu_us; }).median;
  const std::size_t unexpected = unexpected_in(row);
  const std::string range = text_of("%.0f", rate.least) + "-" + text_of("%.0f", rate.most);
  std::printf("%-40s %-10s %7s %5s %9s %13s %8s %8s %7s ", row.name.c_str(), row.engine.c_str(),
              known(row.network_ms.has_value(), "%g", row.network_ms.value_or(0)).c_str(),
              known(row.instances > 0, "%.0f", static_cast<double>(row.instances)).c_str(),
              known(row.is_rate, "%.0f", rate.median).c_str(), row.is_rate ? range.c_str() : "-",
              known(p50 > 0, "%.2f", p50).c_str(), known(p99 > 0, "%.2f", p99).c_str(),
              known(cpu > 0, "%.1f", cpu).c_str());
  ordered_json entry{{"name", row.name},
                     {"engine", row.engine},
                     {"network_ms", row.network_ms ? ordered_json(*row.network_ms) : nullptr},
                     {"instances", row.instances},
                     {"p50_ms", p50},
                     {"p99_ms", p99},
                     {"most_ms", most},
                     {"cpu_us", cpu},
                     {"unexpected", unexpected}};
  if (row.is_rate) {
    entry["per_second"] = rate.median;
    entry["least_per_second"] = rate.least;
    entry["most_per_second"] = rate.most;
  }
  const char* separator = " ";
  for (const auto& [word, baseline] : row.baselines) {
    const Spread ratio = ratios(row, *baseline);
    std::printf("%s%.2f of %s", separator, ratio.median, word.c_str());
    separator = ", ";
    entry["ratios"][word] = {
        {"median", ratio.median}, {"least", ratio.least}, {"most", ratio.most}};
  }
  std::printf("%s\n", unexpected > 0
                          ? ("  " + std::to_string(unexpected) + " UNEXPECTED ANSWERS").c_str()
                          : "");
  report.json["rows"].push_back(std::move(entry));
}

}  // namespace

void report_table(const std::vector<const ServerRow*>& rows, Report& report) {
  std::printf("%-40s %-10s %7s %5s %9s %13s %8s %8s %7s  %s\n", "", "", "network", "inst.",
              "a second", "least-most", "p50 ms", "p99 ms", "CPU us", "ratios");
  for (const ServerRow* const row : rows) report_row(*row, report);
  std::fflush(stdout);
}

}  // namespace hss::bench
