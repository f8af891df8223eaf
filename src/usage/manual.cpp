#include "usage/manual.h"

#include <sstream>

namespace hss::usage {
namespace {

/// Text as it is meant: a dash is a dash, and no line begins with a sign of roff's.
std::string roff(const std::string& text) {
  std::string marked;
  for (const char c : text) {
    if (c == '\\') {
      marked += "\\e";
    } else if (c == '-') {
      marked += "\\-";
    } else {
      if ((c == '.' || c == '\'') && (marked.empty() || marked.back() == '\n')) marked += "\\&";
      marked += c;
    }
  }
  return marked;
}

std::string bold(const std::string& text) {
  return "\\fB" + roff(text) + "\\fR";
}

std::string placeholder(const std::string& text) {
  return "\\fI" + roff(text) + "\\fR";
}

std::string paragraph(const std::string& head, const std::string& body) {
  return ".TP\n" + head + '\n' + body + '\n';
}

std::string option_text(const OptionText& option) {
  std::string head;
  for (const std::string& name : option.names) head += (head.empty() ? "" : ", ") + bold(name);
  if (!option.values.empty()) {
    head += ' ';
    for (std::size_t i = 0; i < option.values.size(); ++i) {
      head += (i > 0 ? "|" : "") + bold(option.values[i]);
    }
  } else if (!option.value.empty()) {
    head += ' ' + placeholder(option.value);
  }
  std::string body = roff(option.text);
  if (!option.preset.empty()) body += ".\nDefault: " + bold(option.preset);
  if (!option.variable.empty()) body += ".\nVariable: " + bold(option.variable);
  return paragraph(head, body + ".");
}

std::string argument_text(const OptionText& argument) {
  std::string text;
  for (const std::string& value : argument.values) text += (text.empty() ? "" : "|") + bold(value);
  if (text.empty()) text = placeholder(argument.names.front());
  return argument.is_required ? text : '[' + text + ']';
}

/// The commands that do something, each with the words that lead to it.
std::string commands_text(const CommandText& command, const std::string& path) {
  std::string text;
  for (const CommandText& each : command.commands) {
    const std::string name = path + ' ' + each.name;
    if (!each.commands.empty()) {
      text += commands_text(each, name);
      continue;
    }
    std::string head = bold(name), body = roff(each.text) + '.';
    for (const OptionText& argument : each.arguments) head += ' ' + argument_text(argument);
    text += paragraph(head, body);
    if (each.options.empty() && each.footer.empty()) continue;
    text += ".RS\n";
    for (const OptionText& option : each.options) text += option_text(option);
    std::istringstream footer(each.footer);
    for (std::string line; std::getline(footer, line);) {
      const auto begin = line.find_first_not_of(' ');
      if (begin != line.npos) text += ".PP\n" + roff(line.substr(begin)) + '\n';
    }
    text += ".RE\n";
  }
  return text;
}

/// Of the options' variables, and of those that have no option, which the footer tells.
std::string environment_text(const CommandText& root) {
  std::string text =
      "A flag wins over a variable, and a variable over the file of " + bold("--config") + ".\n";
  for (const OptionText& option : root.options) {
    if (option.variable.empty()) continue;
    text += paragraph(bold(option.variable), "As " + bold(option.names.front()) + '.');
  }
  std::istringstream footer(root.footer);
  for (std::string line; std::getline(footer, line);) {
    if (line.empty()) continue;
    const auto colon = line.find(": ");
    text += colon == line.npos
                ? ".PP\n" + roff(line) + '\n'
                : paragraph(bold(line.substr(0, colon)), roff(line.substr(colon + 2)));
  }
  return text;
}

constexpr const char* files = R"(.SH FILES
.TP
.I ~/.local/share/hss/hss.db
The database, where no other is named; on macOS
.IR "~/Library/Application Support/HSS/hss.db" ,
on Windows
.IR %LOCALAPPDATA%\eHSS\ehss.db .
.TP
.I hss.db.uploads
Photos and documents, beside the database of that name.
.TP
.IR hss.db.v1.backup ", " hss.db.v2.backup ", ..."
The database as it was before a newer HSS changed its tables.
.TP
.I hss.db.replaced
The database as it was before
.BR "hss restore" .
.TP
.IR /etc/hss/hss.conf ", " /etc/hss/secret.env
Options, and variables with secrets, of the service in the package for Debian and Ubuntu, whose data are in
.IR /var/lib/hss .
.SH EXIT STATUS
.TP
.B 0
What was asked for was done.
.TP
.B 1
It could not be done, or a check found something; standard error says what.
.TP
.B 2
The command line, a variable or the file of options is wrong; nothing was opened.
.SH EXAMPLES
.TP
.B hss demo
Serves a season of sample bookings.
.TP
.B hss serve \-\-db /srv/hss/hss.db \-\-port 8081
Serves the bookings in that file.
.TP
.B hss health http://127.0.0.1:8081
Tells whether a server is well.
)";

}  // namespace

std::string manual(const CommandText& root, const std::string& version) {
  std::string text = ".\\\" Made by: hss manual\n.TH HSS 1 \"\" \"hss " + version +
                     "\" \"User Commands\"\n.SH NAME\nhss \\- runs a student\\-storage business\n"
                     ".SH SYNOPSIS\n.B hss\n[\\fICOMMAND\\fR] [\\fIOPTION\\fR]...\n"
                     ".SH DESCRIPTION\n" +
                     roff(root.text) + "\nWithout a command it serves.\n.SH COMMANDS\n" +
                     commands_text(root, "hss") +
                     ".SH OPTIONS\nEvery command takes these; most of them matter to " +
                     bold("hss serve") + " alone.\n";
  for (const OptionText& option : root.options) text += option_text(option);
  return text + ".SH ENVIRONMENT\n" + environment_text(root) + files;
}

}  // namespace hss::usage
