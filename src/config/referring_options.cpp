#include "config/referring_options.h"

#include <cstdlib>

namespace hss {

void add_secret(CLI::Option& option, const std::string& setting, const std::string& value,
                const SecretLookup& secrets) {
  try {
    const bool is_flag = option.get_expected_min() == 0;
    option.add_result(is_flag ? option.get_flag_value(option.get_name(), value) : value);
    option.run_callback();
  } catch (const CLI::ParseError& error) {
    throw CLI::ConfigError(secrets.without_secrets(setting + ": " + error.what()));
  }
}

ReferringOptions::ReferringOptions(CLI::App& app, const std::vector<std::string>& words,
                                   const SecretLookup& secrets) {
  take_words(app, words, secrets);
  take_variables(app, secrets);
}

/// `--port aws-ssm:/port` and `--port=aws-ssm:/port`.
void ReferringOptions::take_words(CLI::App& app, const std::vector<std::string>& words,
                                  const SecretLookup& secrets) {
  const auto find_option = [&](const std::string& name) {
    CLI::Option* option = name.starts_with("--") ? app.get_option_no_throw(name) : nullptr;
    return option != nullptr && option->get_expected_min() > 0 ? option : nullptr;
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto sign = words[i].find('=');
    const std::string name = words[i].substr(0, sign);
    const bool is_next = sign == words[i].npos && i + 1 < words.size();
    CLI::Option* const option = sign != words[i].npos || is_next ? find_option(name) : nullptr;
    const std::string value = option == nullptr ? ""
                              : is_next         ? words[i + 1]
                                                : words[i].substr(sign + 1);
    if (option != nullptr && secrets.is_reference(name, value)) {
      flags_.push_back({option, name, value});
      if (is_next) ++i;
      continue;
    }
    words_.push_back(words[i]);
    if (option != nullptr && is_next) words_.push_back(words[++i]);
  }
}

void ReferringOptions::take_variables(CLI::App& app, const SecretLookup& secrets) {
  for (CLI::Option* const option : app.get_options()) {
    const std::string variable = option->get_envname();
    const char* const value = variable.empty() ? nullptr : std::getenv(variable.c_str());
    if (value == nullptr || !secrets.is_reference(variable, value)) continue;
    variables_.push_back({option, variable, value});
    option->envname("");
  }
}

void ReferringOptions::add(SecretLookup& secrets) const {
  for (const Referring& flag : flags_) {
    add_secret(*flag.option, flag.setting, secrets.resolve(flag.setting, flag.reference), secrets);
  }
  for (const Referring& variable : variables_) {
    if (variable.option->count() > 0) continue;
    add_secret(*variable.option, variable.setting,
               secrets.resolve(variable.setting, variable.reference), secrets);
  }
}

}  // namespace hss
