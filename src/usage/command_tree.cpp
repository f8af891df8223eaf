#include "usage/command_tree.h"

#include <algorithm>

namespace hss::usage {
namespace {

/// `TEXT:{human,json}` has a fixed set.
std::vector<std::string> values_of(const std::string& type) {
  const auto open = type.find(":{");
  if (open == type.npos || !type.ends_with('}')) return {};
  return CLI::detail::split(type.substr(open + 2, type.size() - open - 3), ',');
}

OptionText describe_option(const CLI::Option& option, const std::string& home) {
  OptionText text{.text = option.get_description(),
                  .preset = option.get_default_str(),
                  .variable = option.get_envname(),
                  .is_required = option.get_required()};
  if (option.get_positional()) {
    text.names = {option.get_name(true)};
  } else {
    for (const std::string& name : option.get_lnames()) text.names.push_back("--" + name);
    for (const std::string& name : option.get_snames()) text.names.push_back("-" + name);
  }
  if (option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    text.values = values_of(type);
    text.value = type.substr(0, type.find(':'));
  }
  if (!home.empty() && text.preset.starts_with(home + "/")) {
    text.preset.replace(0, home.size(), "~");
  }
  return text;
}

CommandText describe_command(const CLI::App& command, const std::string& home) {
  // CLI11 gives a command its parent's.
  const CLI::App* const parent = command.get_parent();
  const bool has_footer = parent == nullptr || command.get_footer() != parent->get_footer();
  CommandText text{.name = command.get_name(),
                   .text = command.get_description(),
                   .footer = has_footer ? command.get_footer() : "",
                   .options = {},
                   .arguments = {},
                   .commands = {}};
  for (const CLI::Option* const option : command.get_options()) {
    if (option == command.get_help_ptr() && parent != nullptr) continue;
    (option->get_positional() ? text.arguments : text.options)
        .push_back(describe_option(*option, home));
  }
  for (const CLI::App* const each : command.get_subcommands([](const CLI::App*) { return true; })) {
    text.commands.push_back(describe_command(*each, home));
  }
  return text;
}

}  // namespace

CommandText describe(const CLI::App& root, const std::string& home) {
  return describe_command(root, home);
}

std::string summary(const std::string& text) {
  std::size_t end = text.size();
  for (const char* const sign : {": ", "; ", " ("}) end = std::min(end, text.find(sign));
  return text.substr(0, end);
}

}  // namespace hss::usage
