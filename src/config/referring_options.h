#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "config/secret_lookup.h"

namespace hss {

/// Options whose value, by flag or variable, says where a secret lies. The parser would check that
/// itself, and looks into the environment, where no secret belongs: so they are taken away before
/// it parses, and added once it has.
class ReferringOptions {
 public:
  /// `words` are the command line's, with the program's name.
  ReferringOptions(CLI::App& app, const std::vector<std::string>& words,
                   const SecretLookup& secrets);

  /// The command line without them.
  const std::vector<std::string>& words() const { return words_; }

  /// Looks them up and adds them; a flag wins over a variable. Throws CLI::ParseError and
  /// SecretUnavailable.
  void add(SecretLookup& secrets) const;

 private:
  struct Referring {
    CLI::Option* option;
    std::string setting;  ///< as it was given: `--port`, `HSS_PORT`
    std::string reference;
  };
  void take_words(CLI::App& app, const std::vector<std::string>& words,
                  const SecretLookup& secrets);
  void take_variables(CLI::App& app, const SecretLookup& secrets);

  std::vector<std::string> words_;
  std::vector<Referring> flags_, variables_;
};

/// Gives an option a value that was looked up. Throws CLI::ParseError, without the value in it.
void add_secret(CLI::Option& option, const std::string& setting, const std::string& value,
                const SecretLookup& secrets);

}  // namespace hss
