// Host tool of the build: turns files into C++ source.
//
//   embed text OUTPUT NAMESPACE SYMBOL FILE    one file as a zero-terminated array
//   embed folder OUTPUT FOLDER                 the UI's bundle as the table behind assets.h
//
// Leaves an output alone that would not change, so that nothing is compiled again for it.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_if_changed(const fs::path& path, const std::string& text) {
  if (fs::exists(path) && read(path) == text) return;
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string literal(std::string_view bytes) {
  constexpr std::size_t line = 4000;
  std::string source = "\"";
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    if (byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\' && byte != '?') {
      source += bytes[i];
    } else {
      char octal[8];
      std::snprintf(octal, sizeof octal, "\\%03o", byte);
      source += octal;
    }
    if (i % line == line - 1) source += "\"\n    \"";
  }
  return source + "\"";
}

std::string view(std::string_view bytes) {
  return "std::string_view(" + literal(bytes) + ", " + std::to_string(bytes.size()) + ")";
}

/// FNV-1a: it distinguishes one build's bytes from another's, which is all that a validator needs.
std::string content_hash(std::string_view bytes) {
  std::uint64_t hash = 14695981039346656037u;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  std::ostringstream text;
  text << std::hex << hash;
  return text.str();
}

std::string media_type(const fs::path& path) {
  static const std::map<std::string, std::string> types{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".ico", "image/x-icon"},
      {".json", "application/json"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
  };
  const auto found = types.find(path.extension().string());
  if (found == types.end()) throw std::runtime_error("no media type for " + path.string());
  return found->second;
}

/// `app-3f2a9c1b.js`: a name with a hash of the bytes may be cached for ever.
bool has_hash(const std::string& stem) {
  const auto dash = stem.rfind('-');
  return dash != std::string::npos && stem.size() - dash - 1 >= 8 &&
         std::all_of(stem.begin() + static_cast<std::ptrdiff_t>(dash) + 1, stem.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0; });
}

std::string encoding(const std::string& bytes, const char* name) {
  if (bytes.empty()) return "{}";
  return "{" + view(bytes) + ", \"\\\"" + content_hash(bytes) + name + "\\\"\"}";
}

/// The texts of files, in the order of their names.
std::string embed_texts(const std::string& space, const std::string& symbol,
                        std::vector<fs::path> files) {
  std::sort(files.begin(), files.end());
  std::string source = "#include <span>\n\nnamespace " + space +
                       " {\nnamespace {\n\nconst char* const texts[] = {\n";
  // Clang takes neighbouring literals in an array for a forgotten comma, unless they stand in
  // parentheses.
  for (const fs::path& file : files) source += "    (" + literal(read(file)) + "),\n";
  return source + "};\n\n}  // namespace\n\nextern const std::span<const char* const> " + symbol +
         ";\nconst std::span<const char* const> " + symbol + "{texts};\n}\n";
}

std::string embed_text(const std::string& space, const std::string& symbol, const fs::path& file) {
  return "namespace " + space + " {\nextern const char " + symbol + "[];\nconst char " + symbol +
         "[] =\n    " + literal(read(file)) + ";\n}\n";
}

std::string embed_folder(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (entry.is_regular_file() && extension != ".gz" && extension != ".br") {
      files.push_back(entry.path());
    }
  }
  // Sorts as the table's reader searches: by the text of the path.
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    return a.generic_string() < b.generic_string();
  });
  std::string source =
      "#include \"assets/assets.h\"\n\nnamespace hss::assets {\nnamespace {\n\n"
      "const Asset table[] = {\n";
  const auto packed = [](const fs::path& file, const char* extension) {
    const fs::path path = file.string() + extension;
    return fs::exists(path) ? read(path) : std::string();
  };
  for (const fs::path& file : files) {
    source += "    {\"/" + fs::relative(file, folder).generic_string() + "\", \"" +
              media_type(file) + "\", " + (has_hash(file.stem().string()) ? "true" : "false") +
              ",\n     " + encoding(read(file), "") + ",\n     " +
              encoding(packed(file, ".gz"), "-gz") + ",\n     " +
              encoding(packed(file, ".br"), "-br") + "},\n";
  }
  return source + "};\n\n}  // namespace\n\nstd::span<const Asset> all() { return table; }\n\n}\n";
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  try {
    if (words.size() == 5 && words[0] == "text") {
      write_if_changed(words[1], embed_text(words[2], words[3], words[4]));
    } else if (words.size() > 4 && words[0] == "texts") {
      write_if_changed(words[1], embed_texts(words[2], words[3], {words.begin() + 4, words.end()}));
    } else if (words.size() == 3 && words[0] == "folder") {
      write_if_changed(words[1], embed_folder(words[2]));
    } else {
      throw std::runtime_error(
          "usage: embed text OUTPUT NAMESPACE SYMBOL FILE | "
          "embed texts OUTPUT NAMESPACE SYMBOL FILE... | "
          "embed folder OUTPUT FOLDER");
    }
  } catch (const std::exception& failure) {
    std::cerr << "embed: " << failure.what() << '\n';
    return 1;
  }
  return 0;
}
