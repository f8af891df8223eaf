#include "usage/completion.h"

#include <functional>

namespace hss::usage {
namespace {

/// A command by the words that lead to it: `user add`; empty for the root.
using Visit = std::function<void(const std::string& path, const CommandText& command)>;

void visit(const CommandText& command, const std::string& path, const Visit& visited) {
  visited(path, command);
  for (const CommandText& each : command.commands) {
    visit(each, path.empty() ? each.name : path + ' ' + each.name, visited);
  }
}

std::string join(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

std::string quote(const std::string& text, const std::string& instead_of_quote) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? instead_of_quote : std::string(1, c);
  return quoted + "'";
}
/// For bash and zsh, and for fish.
std::string in_quotes(const std::string& text) {
  return quote(text, "'\\''");
}
std::string in_fish_quotes(const std::string& text) {
  return quote(text, "\\'");
}

/// Each command's path with a space before its last word, as the scripts walk from word to word.
std::vector<std::string> steps(const CommandText& root) {
  std::vector<std::string> all;
  visit(root, "", [&](const std::string& path, const CommandText&) {
    if (!path.empty()) all.push_back(path.find(' ') == path.npos ? ' ' + path : path);
  });
  return all;
}

std::vector<std::string> quoted(std::vector<std::string> words) {
  for (std::string& word : words) word = in_quotes(word);
  return words;
}

/// The names of all options with a value.
std::vector<std::string> names_with_value(const CommandText& root) {
  std::vector<std::string> names;
  visit(root, "", [&](const std::string&, const CommandText& command) {
    for (const OptionText& option : command.options) {
      if (option.value.empty()) continue;
      names.insert(names.end(), option.names.begin(), option.names.end());
    }
  });
  return names;
}

std::vector<std::string> option_names(const CommandText& command) {
  std::vector<std::string> names;
  for (const OptionText& option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
  }
  return names;
}

/// What may stand there without a dash: commands, or an argument of a fixed set.
std::vector<std::string> plain_words(const CommandText& command) {
  std::vector<std::string> words;
  for (const CommandText& each : command.commands) words.push_back(each.name);
  for (const OptionText& argument : command.arguments) {
    words.insert(words.end(), argument.values.begin(), argument.values.end());
  }
  return words;
}

std::string bash(const CommandText& root) {
  std::string text =
      "# Completion for bash, made by: hss completion bash\n"
      "_hss() {\n"
      "  local i command='' words='' current=${COMP_WORDS[COMP_CWORD]}\n"
      "  local previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
      "  if [[ $current == = ]]; then\n"
      "    current=''\n"
      "  elif [[ $previous == = ]]; then\n"
      "    previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
      "  fi\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
      "    case ${COMP_WORDS[i]} in\n      " +
      join(names_with_value(root), " | ") +
      ")\n        ((++i))\n        continue\n        ;;\n    esac\n"
      "    case \"$command ${COMP_WORDS[i]}\" in\n      " +
      join(quoted(steps(root)), " | ") +
      ")\n        command+=${command:+ }${COMP_WORDS[i]}\n        ;;\n    esac\n  done\n"
      "  COMPREPLY=()\n  case $previous in\n";
  visit(root, "", [&](const std::string&, const CommandText& command) {
    for (const OptionText& option : command.options) {
      if (option.values.empty()) continue;
      text += "    " + join(option.names, " | ") + ")\n      mapfile -t COMPREPLY < <(compgen -W " +
              in_quotes(join(option.values, " ")) + " -- \"$current\")\n      return\n      ;;\n";
    }
  });
  text += "    " + join(names_with_value(root), " | ") +
          ")\n      return\n      ;;\n  esac\n  case $command in\n";
  visit(root, "", [&](const std::string& path, const CommandText& command) {
    text += "    " + in_quotes(path) +
            ")\n      words=" + in_quotes(join(plain_words(command), " ")) + "\n";
    if (!path.empty() && !command.options.empty()) {
      text += "      [[ $current != -* ]] || words=" + in_quotes(join(option_names(command), " ")) +
              "\n";
    }
    text += "      ;;\n";
  });
  text +=
      "  esac\n  if [[ $current == -* ]]; then\n    [[ $words == -* ]] || words=''\n    words+=' " +
      join(option_names(root), " ") +
      "'\n  fi\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")\n"
      "}\n"
      "complete -o default -F _hss hss\n";
  return text;
}

std::string zsh_options(const CommandText& command) {
  std::string text;
  for (const OptionText& option : command.options) {
    for (const std::string& name : option.names) {
      text += ' ' + in_quotes(name + ':' + summary(option.text));
    }
  }
  return text;
}

std::string zsh(const CommandText& root) {
  std::string text =
      "#compdef hss\n"
      "# Completion for zsh, made by: hss completion zsh\n"
      "_hss() {\n"
      "  local i command='' previous=$words[CURRENT-1]\n"
      "  local -a plain own every\n"
      "  if [[ $PREFIX == --*=* ]]; then\n"
      "    previous=${PREFIX%%=*}\n"
      "    compset -P '*='\n"
      "  fi\n"
      "  for ((i = 2; i < CURRENT; ++i)); do\n"
      "    case $words[i] in\n      (" +
      join(names_with_value(root), "|") +
      ") ((++i)); continue ;;\n    esac\n"
      "    case \"$command $words[i]\" in\n      (" +
      join(quoted(steps(root)), "|") +
      ") command+=${command:+ }$words[i] ;;\n    esac\n  done\n  case $previous in\n";
  visit(root, "", [&](const std::string&, const CommandText& command) {
    for (const OptionText& option : command.options) {
      if (option.values.empty()) continue;
      text += "    (" + join(option.names, "|") + ") compadd -- " +
              join(quoted(option.values), " ") + "; return ;;\n";
    }
  });
  text += "    (" + join(names_with_value(root), "|") +
          ") _files; return ;;\n  esac\n  case $command in\n";
  visit(root, "", [&](const std::string& path, const CommandText& command) {
    text += "    (" + in_quotes(path) + ")\n      plain=(";
    for (const CommandText& each : command.commands) {
      text += ' ' + in_quotes(each.name + ':' + summary(each.text));
    }
    for (const OptionText& argument : command.arguments) {
      for (const std::string& value : argument.values) text += ' ' + in_quotes(value);
    }
    text += " )\n      own=(" + (path.empty() ? "" : zsh_options(command)) + " )\n      ;;\n";
  });
  text += "  esac\n  every=(" + zsh_options(root) +
          " )\n"
          "  if [[ $PREFIX == -* ]]; then\n"
          "    _describe -o option own -- every\n"
          "  elif (($#plain)); then\n"
          "    _describe command plain\n"
          "  else\n"
          "    _files\n"
          "  fi\n"
          "}\n"
          "if [[ $funcstack[1] == _hss ]]; then _hss \"$@\"; else compdef _hss hss; fi\n";
  return text;
}

std::string fish_option(const std::string& condition, const OptionText& option) {
  std::string text;
  for (const std::string& name : option.names) {
    text += "complete -c hss" + condition +
            (name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1));
    if (!option.values.empty()) {
      text += " -x -a " + in_fish_quotes(join(option.values, " "));
    } else if (!option.value.empty()) {
      text += " -r -F";
    }
    text += " -d " + in_fish_quotes(summary(option.text)) + '\n';
  }
  return text;
}

std::string fish(const CommandText& root) {
  std::vector<std::string> all = steps(root);
  for (std::string& step : all) step = in_fish_quotes(step);
  std::string text =
      "# Completion for fish, made by: hss completion fish\n"
      "function __hss_command\n"
      "  set -l command ''\n"
      "  set -l is_value no\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    if test $is_value = yes\n"
      "      set is_value no\n"
      "      continue\n"
      "    end\n"
      "    switch $word\n      case " +
      join(names_with_value(root), " ") +
      "\n        set is_value yes\n        continue\n    end\n"
      "    switch \"$command $word\"\n      case " +
      join(all, " ") +
      "\n        set command (string trim -- \"$command $word\")\n    end\n  end\n"
      "  echo $command\n"
      "end\n"
      "complete -c hss -f\n";
  visit(root, "", [&](const std::string& path, const CommandText& command) {
    const std::string condition =
        " -n " + in_fish_quotes("test (__hss_command) = \"" + path + "\"");
    for (const CommandText& each : command.commands) {
      text += "complete -c hss" + condition + " -a " + each.name + " -d " +
              in_fish_quotes(summary(each.text)) + '\n';
    }
    for (const OptionText& argument : command.arguments) {
      text +=
          "complete -c hss" + condition +
          (argument.values.empty() ? " -F" : " -a " + in_fish_quotes(join(argument.values, " "))) +
          '\n';
    }
    for (const OptionText& option : command.options) {
      text += fish_option(path.empty() ? "" : condition, option);
    }
  });
  return text;
}

}  // namespace

const std::vector<std::string>& shells() {
  static const std::vector<std::string> all{"bash", "zsh", "fish"};
  return all;
}

std::string completion(const CommandText& root, const std::string& shell) {
  if (shell == "zsh") return zsh(root);
  return shell == "fish" ? fish(root) : bash(root);
}

}  // namespace hss::usage
