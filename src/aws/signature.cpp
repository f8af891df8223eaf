#include "aws/signature.h"

#include <algorithm>
#include <map>

#include "crypto/digest.h"

namespace hss::aws {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

std::string encode(std::string_view text, bool keeps_slash) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string encoded;
  for (const char c : text) {
    if (is_unreserved(c) || (keeps_slash && c == '/')) {
      encoded += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      encoded += {'%', digits[byte >> 4], digits[byte & 15]};
    }
  }
  return encoded;
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// Trims spaces at both ends and collapses several into one.
std::string squeezed(std::string_view text) {
  std::string squeezed;
  for (const char c : text) {
    const bool is_space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!is_space) {
      squeezed += c;
    } else if (!squeezed.empty() && squeezed.back() != ' ') {
      squeezed += ' ';
    }
  }
  if (squeezed.ends_with(' ')) squeezed.pop_back();
  return squeezed;
}

/// Normalises as RFC 3986, section 5.2.4, and collapses several slashes into one.
std::string normalized(std::string_view path) {
  std::vector<std::string_view> parts;
  bool ends_in_slash = true;
  while (!path.empty()) {
    const auto slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    ends_in_slash = slash < path.size() || part == "." || part == "..";
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part == ".." && !parts.empty()) parts.pop_back();
    if (!part.empty() && part != "." && part != "..") parts.push_back(part);
  }
  std::string result = "/";
  for (const std::string_view part : parts) {
    if (result.size() > 1) result += '/';
    result += part;
  }
  if (ends_in_slash && !parts.empty()) result += '/';
  return result;
}

bool has_own_rules(const SigningScope& scope) {
  return scope.service == "s3";
}

std::string path_of(const Signable& request, const SigningScope& scope) {
  return encode(has_own_rules(scope) ? request.path : normalized(request.path), true);
}

std::string sorted_query(const Pairs& query) {
  Pairs encoded;
  for (const auto& [name, value] : query) encoded.emplace_back(uri_encode(name), uri_encode(value));
  std::sort(encoded.begin(), encoded.end());
  std::string text;
  for (const auto& [name, value] : encoded) {
    text += (text.empty() ? "" : "&") + name + "=" + value;
  }
  return text;
}

struct Headers {
  std::string lines;  ///< `name:value`, each with its line's end
  std::string names;  ///< with `;` between
  std::string body_hash;
};

Headers headers_of(const Pairs& given) {
  std::map<std::string, std::string> sorted;
  for (const auto& [name, value] : given) {
    const auto [at, is_new] = sorted.try_emplace(to_lower(name), squeezed(value));
    if (!is_new) at->second += "," + squeezed(value);
  }
  Headers headers;
  for (const auto& [name, value] : sorted) {
    headers.lines += name + ":" + value + "\n";
    headers.names += (headers.names.empty() ? "" : ";") + name;
  }
  if (const auto found = sorted.find("x-amz-content-sha256"); found != sorted.end()) {
    headers.body_hash = found->second;
  }
  return headers;
}

/// `20150830T123600Z`
std::string compact_time(domain::Instant now) {
  std::string text = domain::to_rfc3339(now).substr(0, 19) + "Z";
  std::erase(text, '-');
  std::erase(text, ':');
  return text;
}

std::string scope_text(const SigningScope& scope, const std::string& time) {
  return time.substr(0, 8) + "/" + scope.region + "/" + scope.service + "/aws4_request";
}

std::string signature_of(const Signable& request, const Headers& headers, const std::string& query,
                         const Credentials& credentials, const SigningScope& scope,
                         const std::string& time, const std::string& body_hash) {
  const std::string canonical = request.method + "\n" + path_of(request, scope) + "\n" + query +
                                "\n" + headers.lines + "\n" + headers.names + "\n" + body_hash;
  const std::string to_sign = std::string(algorithm) + "\n" + time + "\n" +
                              scope_text(scope, time) + "\n" +
                              crypto::to_hex(crypto::sha256(canonical));
  std::string key = "AWS4" + credentials.secret_access_key;
  for (const std::string& part :
       {time.substr(0, 8), scope.region, scope.service, std::string("aws4_request")}) {
    key = crypto::hmac_sha256(key, part);
  }
  return crypto::to_hex(crypto::hmac_sha256(key, to_sign));
}

}  // namespace

std::string uri_encode(std::string_view text) {
  return encode(text, false);
}

std::string form_encode(const Pairs& pairs) {
  std::string text;
  for (const auto& [name, value] : pairs) {
    text += (text.empty() ? "" : "&") + uri_encode(name) + "=" + uri_encode(value);
  }
  return text;
}

Pairs sign(const Signable& request, const Credentials& credentials, const SigningScope& scope,
           domain::Instant now) {
  const std::string time = compact_time(now);
  Pairs added{{"X-Amz-Date", time}};
  if (!credentials.session_token.empty()) {
    added.emplace_back("X-Amz-Security-Token", credentials.session_token);
  }
  Pairs all = request.headers;
  all.insert(all.end(), added.begin(), added.end());
  const Headers headers = headers_of(all);
  const std::string body_hash =
      headers.body_hash.empty() ? crypto::to_hex(crypto::sha256(request.body)) : headers.body_hash;
  added.emplace_back("Authorization",
                     std::string(algorithm) + " Credential=" + credentials.access_key_id + "/" +
                         scope_text(scope, time) + ", SignedHeaders=" + headers.names +
                         ", Signature=" +
                         signature_of(request, headers, sorted_query(request.query), credentials,
                                      scope, time, body_hash));
  return added;
}

std::string presign(const Signable& request, const Credentials& credentials,
                    const SigningScope& scope, domain::Instant now, std::chrono::seconds lasts) {
  const std::string time = compact_time(now);
  const Headers headers = headers_of(request.headers);
  Pairs query = request.query;
  query.insert(query.end(),
               {{"X-Amz-Algorithm", std::string(algorithm)},
                {"X-Amz-Credential", credentials.access_key_id + "/" + scope_text(scope, time)},
                {"X-Amz-Date", time},
                {"X-Amz-Expires", std::to_string(lasts.count())},
                {"X-Amz-SignedHeaders", headers.names}});
  if (!credentials.session_token.empty()) {
    query.emplace_back("X-Amz-Security-Token", credentials.session_token);
  }
  const std::string text = sorted_query(query);
  const std::string body_hash =
      has_own_rules(scope) ? "UNSIGNED-PAYLOAD" : crypto::to_hex(crypto::sha256(request.body));
  return path_of(request, scope) + "?" + text + "&X-Amz-Signature=" +
         signature_of(request, headers, text, credentials, scope, time, body_hash);
}

}  // namespace hss::aws
