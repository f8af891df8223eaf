#include "config/secret_lookup.h"

#include <utility>

#include "config/checks.h"
#include "domain/error.h"
#include "domain/validation/text.h"

namespace hss {
namespace {

constexpr std::chrono::seconds time_for_all{10};

}  // namespace

SecretLookup::SecretLookup(std::shared_ptr<SecretService> service) : service_(std::move(service)) {}

bool SecretLookup::is_reference(const std::string& setting, const std::string& value) const {
  if (!service_) return false;
  return checked(setting, [&] { return service_->is_reference(std::string(domain::trim(value))); });
}

std::string SecretLookup::resolve(const std::string& setting, const std::string& value) {
  if (!is_reference(setting, value)) return value;
  const std::string reference(domain::trim(value));
  for (const Found& found : found_) {
    if (found.reference == reference) return found.value;
  }
  if (!deadline_) deadline_ = std::chrono::steady_clock::now() + time_for_all;
  try {
    found_.push_back({reference, service_->get(reference, *deadline_)});
  } catch (const domain::Error& error) {
    throw SecretUnavailable(setting + ": " + error.what());
  }
  return found_.back().value;
}

std::string SecretLookup::without_secrets(const std::string& sentence) const {
  for (const Found& found : found_) {
    if (sentence.find(found.value) == sentence.npos) continue;
    return sentence.substr(0, sentence.find(": ")) + ": what lies at " + found.reference +
           " is no value for it";
  }
  return sentence;
}

}  // namespace hss
