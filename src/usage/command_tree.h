#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace hss::usage {

/// An option or an argument of a command, as the parser knows it.
struct OptionText {
  std::vector<std::string> names;  ///< `--port`, `-h`; an argument's only name: `FILE`
  std::string text;
  std::string value;                ///< the value's kind, such as TEXT; empty for a flag
  std::vector<std::string> values;  ///< all that it may be, where that is a fixed set
  std::string preset;               ///< the default; empty if there is none to show
  std::string variable;             ///< the environment variable; empty if there is none
  bool is_required = false;
};

/// A command with what may follow it.
struct CommandText {
  std::string name;  ///< of a command's command, too, without what leads to it: `add`
  std::string text, footer;
  std::vector<OptionText> options, arguments;
  std::vector<CommandText> commands;
};

/// Reads the parser's tree, so that nothing else lists commands and options. In defaults, `~`
/// stands for `home`, that the text is the same for everybody. The options of the root are every
/// command's.
CommandText describe(const CLI::App& root, const std::string& home);

/// The text's first thought, without what follows in brackets or behind a colon or semicolon.
std::string summary(const std::string& text);

}  // namespace hss::usage
