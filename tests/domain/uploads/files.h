// Small files of each format, from their parts.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace hss::test {

inline std::string bytes_of(std::string_view text) {
  return std::string(text);
}

inline std::string big_endian(std::size_t number, int size) {
  std::string bytes;
  for (int shift = 8 * (size - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(number >> shift & 0xff);
  }
  return bytes;
}

inline std::string little_endian(std::size_t number, int size) {
  const std::string bytes = big_endian(number, size);
  return {bytes.rbegin(), bytes.rend()};
}

// JPEG

inline std::string marker(int code) {
  return {'\xff', static_cast<char>(code)};
}

inline std::string segment(int code, const std::string& body) {
  return marker(code) + big_endian(body.size() + 2, 2) + body;
}

inline std::string jfif() {
  return segment(0xe0, std::string("JFIF\0\1\1\0\0\1\0\1\0\0", 14));
}

inline std::string quantization_table() {
  return segment(0xdb, std::string(1, '\0') + std::string(64, '\1'));
}

/// A table with one code.
inline std::string huffman_table() {
  return segment(0xc4, std::string("\0\1", 2) + std::string(15, '\0') + std::string(1, '\0'));
}

/// A frame's header: 0xc0 baseline, 0xc2 progressive.
inline std::string frame(int width, int height, int code = 0xc0) {
  return segment(code, "\x08" + big_endian(static_cast<std::size_t>(height), 2) +
                           big_endian(static_cast<std::size_t>(width), 2) +
                           std::string("\3\1\x22\0\2\x11\0\3\x11\0", 10));
}

/// The scan of one component, with data that has what is easily taken for a marker.
inline std::string scan(const std::string& data = std::string("\x12\xff\0\x34", 4)) {
  return segment(0xda, std::string("\1\1\0\0\x3f\0", 6)) + data;
}

struct JpegParts {
  int width = 16;
  int height = 8;
  std::string before_frame = {};
  std::string scans = scan();
  int frame_code = 0xc0;
};

inline std::string jpeg(const JpegParts& parts = {}) {
  return marker(0xd8) + jfif() + parts.before_frame + quantization_table() + huffman_table() +
         frame(parts.width, parts.height, parts.frame_code) + parts.scans + marker(0xd9);
}

// PNG

inline std::string chunk(const std::string& type, const std::string& body) {
  const std::string summed = type + body;
  const auto* begin = reinterpret_cast<const Bytef*>(summed.data());
  return big_endian(body.size(), 4) + summed + big_endian(::crc32_z(0, begin, summed.size()), 4);
}

inline std::string png_header(int width, int height, char color_type = 6) {
  return std::string("\x89PNG\r\n\x1a\n", 8) +
         chunk("IHDR", big_endian(static_cast<std::size_t>(width), 4) +
                           big_endian(static_cast<std::size_t>(height), 4) + '\x08' + color_type +
                           std::string(3, '\0'));
}

inline std::string png(int width = 16, int height = 8, const std::string& before_data = {},
                       const std::string& behind_data = {}) {
  return png_header(width, height) + before_data + chunk("IDAT", "deflated") + behind_data +
         chunk("IEND", "");
}

// WebP

inline std::string riff_chunk(const std::string& name, const std::string& body) {
  return name + little_endian(body.size(), 4) + body + std::string(body.size() % 2, '\0');
}

inline std::string riff(const std::string& chunks) {
  return "RIFF" + little_endian(chunks.size() + 4, 4) + "WEBP" + chunks;
}

inline std::string lossy(int width, int height) {
  return riff_chunk("VP8 ", std::string("\x10\0\0\x9d\x01\x2a", 6) +
                                little_endian(static_cast<std::size_t>(width), 2) +
                                little_endian(static_cast<std::size_t>(height), 2) + "data");
}

inline std::string lossless(int width, int height) {
  const auto bits = static_cast<std::size_t>(width - 1) | static_cast<std::size_t>(height - 1)
                                                              << 14;
  return riff_chunk("VP8L", "\x2f" + little_endian(bits, 4) + "data");
}

inline std::string extended(int width, int height, char flags) {
  return riff_chunk("VP8X", std::string(1, flags) + std::string(3, '\0') +
                                little_endian(static_cast<std::size_t>(width - 1), 3) +
                                little_endian(static_cast<std::size_t>(height - 1), 3));
}

// PDF

inline std::string pdf() {
  return "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\ntrailer\n<< /Root 1 0 R >>\n"
         "startxref\n45\n%%EOF\n";
}

}  // namespace hss::test
