#include "domain/uploads/photo_check.h"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <string>

#include "domain/uploads/files.h"

using namespace hss::domain;
using namespace hss::test;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string jpeg_type = "image/jpeg";
const std::string png_type = "image/png";
const std::string webp_type = "image/webp";
const std::string pdf_type = "application/pdf";

void check_accepted(const std::string& file, const std::string& type, int width, int height) {
  const PhotoCheck check = check_file(file, type);
  INFO(check.rejection);
  CHECK(check.is_accepted());
  CHECK(check.type == type);
  CHECK(check.width == width);
  CHECK(check.height == height);
}

void check_rejected(const std::string& file, const std::string& type, const std::string& why) {
  const PhotoCheck check = check_file(file, type);
  CHECK_FALSE(check.is_accepted());
  CHECK_THAT(check.rejection, ContainsSubstring(why));
}

/// Each beginning of the file, but the whole, is rejected.
void check_rejected_where_cut(const std::string& file, const std::string& type,
                              Documents documents = Documents::rejected) {
  REQUIRE(check_file(file, type, documents).is_accepted());
  for (std::size_t size = 0; size < file.size(); ++size) {
    INFO(size);
    CHECK_FALSE(check_file(file.substr(0, size), type, documents).is_accepted());
  }
}

}  // namespace

TEST_CASE("a JPEG of a camera without metadata is a photo of its frame's size") {
  check_accepted(jpeg(), jpeg_type, 16, 8);
  check_accepted(jpeg({.width = 4096, .height = 4096}), jpeg_type, 4096, 4096);
}

TEST_CASE("a JPEG may be progressive, and have several scans with tables between them") {
  const std::string scans = scan() + huffman_table() + scan() + scan();
  check_accepted(jpeg({.scans = scans, .frame_code = 0xc2}), jpeg_type, 16, 8);
}

TEST_CASE("a JPEG may have restart markers in its scan, and fill bytes before a marker") {
  const std::string data(
      "\x12"
      "\xff\xd0"
      "\x34"
      "\xff\xff\xd7"
      "\x56"
      "\xff\xff\0",
      10);
  const std::string interval = segment(0xdd, std::string("\0\1", 2));
  const std::string fill = "\xff\xff\xff";
  check_accepted(jpeg({.before_frame = interval + fill, .scans = scan(data + fill)}), jpeg_type, 16,
                 8);
}

TEST_CASE("a JPEG may have the colour profile of ICC and Adobe's note on its colours") {
  const std::string profile =
      segment(0xe2, std::string("ICC_PROFILE\0\1\1", 14) + "a profile's bytes");
  const std::string adobe = segment(0xee, std::string("Adobe\0\x64\0\0\0\0\1", 12));
  check_accepted(jpeg({.before_frame = profile + adobe}), jpeg_type, 16, 8);
}

TEST_CASE("a JPEG with what a camera or program notes is rejected") {
  const std::string gps = segment(0xe1, std::string("Exif\0\0MM\0*\0\0\0\x08 GPSLatitude", 26));
  check_rejected(jpeg({.before_frame = gps}), jpeg_type, "Exif");
  const std::string xmp = segment(0xe1, std::string("http://ns.adobe.com/xap/1.0/\0<x/>", 33));
  check_rejected(jpeg({.before_frame = xmp}), jpeg_type, "XMP");
  check_rejected(jpeg({.before_frame = segment(0xfe, "Thandi's room")}), jpeg_type, "a comment");
  const std::string photoshop = segment(0xed, std::string("Photoshop 3.0\0 8BIM", 19));
  check_rejected(jpeg({.before_frame = photoshop}), jpeg_type, "(APP13)");
  const std::string second_picture = segment(0xe2, std::string("MPF\0II*\0", 8));
  check_rejected(jpeg({.before_frame = second_picture}), jpeg_type, "(APP2)");
  const std::string thumbnail = segment(0xe0, std::string("JFIF\0\1\1\0\0\1\0\1\1\1 rgb", 18));
  check_rejected(jpeg({.before_frame = thumbnail}), jpeg_type, "a second picture");
  // Also behind the first scan, where not every program looks.
  check_rejected(jpeg({.scans = scan() + gps + scan()}), jpeg_type, "Exif");
  check_rejected(jpeg({.scans = scan() + gps}), jpeg_type, "Exif");
}

TEST_CASE("a polyglot, a JPEG with something behind its end, is rejected") {
  check_rejected(jpeg() + "<script>alert(1)</script>", jpeg_type, "behind its own end");
  check_rejected(jpeg() + pdf(), jpeg_type, "behind its own end");
  check_rejected(jpeg() + jpeg(), jpeg_type, "behind its own end");
  check_rejected(jpeg() + std::string(1, '\0'), jpeg_type, "behind its own end");
}

TEST_CASE("a JPEG in whose tables something else is hidden is rejected") {
  const std::string text = "<svg onload=alert(1)>";
  check_rejected(jpeg({.before_frame = segment(0xdb, text)}), jpeg_type, "quantization");
  check_rejected(jpeg({.before_frame = segment(0xc4, text)}), jpeg_type, "Huffman");
  check_rejected(jpeg({.before_frame = segment(0xdd, text)}), jpeg_type, "restart");
}

TEST_CASE("a JPEG without a frame, a scan or a height, or with two frames, is rejected") {
  check_rejected(marker(0xd8) + marker(0xd9), jpeg_type, "no picture");
  check_rejected(jpeg({.scans = ""}), jpeg_type, "no picture");
  check_rejected(marker(0xd8) + scan() + marker(0xd9), jpeg_type, "a scan before");
  check_rejected(jpeg({.height = 0}), jpeg_type, "no height");
  check_rejected(jpeg({.before_frame = frame(8, 8)}), jpeg_type, "two frames");
  check_rejected(jpeg({.before_frame = marker(0xd8)}), jpeg_type, "JPEG");
}

TEST_CASE("a JPEG whose way of coding browsers do not show is rejected") {
  for (const int code : {0xc3, 0xc5, 0xc9, 0xca, 0xcf}) {
    INFO(code);
    check_rejected(jpeg({.frame_code = code}), jpeg_type, "no photo has");
  }
}

TEST_CASE("a JPEG with thousands of scans, over which a browser would sit, is rejected") {
  std::string scans;
  for (int i = 0; i < 10'000; ++i) scans += scan("");
  check_rejected(jpeg({.scans = scans, .frame_code = 0xc2}), jpeg_type, "too many scans");
}

TEST_CASE("a PNG is a photo of its header's size") {
  check_accepted(png(), png_type, 16, 8);
  const std::string colors = chunk("sRGB", std::string(1, '\0')) + chunk("iCCP", "profile") +
                             chunk("gAMA", "1234") + chunk("pHYs", "123456789");
  check_accepted(png(16, 8, colors + chunk("PLTE", "rgb"), chunk("IDAT", "more")), png_type, 16, 8);
}

TEST_CASE("a PNG of 5000 pixels is rejected, on either side") {
  check_rejected(png(5000, 8), png_type, "5000 by 8 pixels, and may have at most 4096");
  check_rejected(png(8, 5000), png_type, "8 by 5000");
  check_rejected(png(-1, 8), png_type, "pixels");
  check_rejected(png(0, 8), png_type, "no width");
  check_rejected(jpeg({.width = 4097}), jpeg_type, "4097");
  check_rejected(riff(lossless(4097, 8)), webp_type, "4097");
}

TEST_CASE("a PNG with Exif, texts, a time or anything of a program's own is rejected") {
  check_rejected(png(16, 8, chunk("eXIf", "MM")), png_type, "Exif");
  check_rejected(png(16, 8, "", chunk("eXIf", "MM")), png_type, "Exif");
  for (const char* text : {"tEXt", "zTXt", "iTXt"}) {
    check_rejected(png(16, 8, "", chunk(text, "Comment")), png_type, "texts");
  }
  check_rejected(png(16, 8, chunk("tIME", "1234567")), png_type, "the time");
  check_rejected(png(16, 8, chunk("prVt", "<html>")), png_type, "data of a program");
}

TEST_CASE("an animated PNG is rejected") {
  check_rejected(png(16, 8, chunk("acTL", "12345678")), png_type, "animated");
  check_rejected(png(16, 8, "", chunk("fdAT", "12345678")), png_type, "animated");
}

TEST_CASE("a PNG with a wrong checksum, order or end is rejected") {
  std::string changed = png();
  changed[changed.find("deflated")] ^= 1;
  check_rejected(changed, png_type, "checksum");
  check_rejected(png() + "more", png_type, "behind its own end");
  check_rejected(png_header(8, 8) + chunk("IEND", ""), png_type, "no picture");
  check_rejected(png(16, 8, "", chunk("bKGD", "12") + chunk("IDAT", "more")), png_type, "order");
  check_rejected(png_header(8, 8, 3) + chunk("IDAT", "x") + chunk("IEND", ""), png_type, "palette");
  check_rejected(png_header(8, 8, 5) + chunk("IDAT", "x") + chunk("IEND", ""), png_type, "header");
  check_rejected(png(16, 8, png_header(8, 8).substr(8)), png_type, "header");
}

TEST_CASE("a chunk that claims more than the file has is rejected, whatever number it writes") {
  for (const std::size_t size : {9UL, 0x7fffffffUL, 0x80000000UL, 0xffffffffUL}) {
    INFO(size);
    const std::string idat = big_endian(size, 4) + "IDATdata";
    CHECK_FALSE(check_file(png_header(8, 8) + idat, png_type).is_accepted());
    const std::string vp8 = "VP8 " + little_endian(size, 4) + "data";
    CHECK_FALSE(check_file(riff(vp8), webp_type).is_accepted());
    std::string claims = riff(lossy(8, 8));
    claims.replace(4, 4, little_endian(size, 4));
    CHECK_FALSE(check_file(claims, webp_type).is_accepted());
  }
}

TEST_CASE("a WebP is a photo of its picture's size, lossy, lossless or extended") {
  check_accepted(riff(lossy(16, 8)), webp_type, 16, 8);
  check_accepted(riff(lossless(16, 8)), webp_type, 16, 8);
  const std::string icc = riff_chunk("ICCP", "odd");
  check_accepted(riff(extended(16, 8, 0x30) + icc + riff_chunk("ALPH", "a") + lossy(16, 8)),
                 webp_type, 16, 8);
  check_accepted(riff(extended(16, 8, 0x20) + icc + lossless(16, 8)), webp_type, 16, 8);
}

TEST_CASE("an animated WebP is rejected") {
  check_rejected(riff(extended(16, 8, 0x02) + riff_chunk("ANIM", "123456")), webp_type, "animated");
  check_rejected(riff(extended(16, 8, 0) + riff_chunk("ANMF", "12")), webp_type, "animated");
}

TEST_CASE("a WebP with Exif, XMP or anything behind its picture is rejected") {
  const std::string exif = riff_chunk("EXIF", "MM");
  check_rejected(riff(extended(16, 8, 0x08) + lossy(16, 8) + exif), webp_type, "Exif");
  check_rejected(riff(extended(16, 8, 0) + lossy(16, 8) + exif), webp_type, "Exif");
  check_rejected(riff(lossy(16, 8) + riff_chunk("XMP ", "<x>")), webp_type, "XMP");
  check_rejected(riff(lossy(16, 8) + lossy(16, 8)), webp_type, "behind the picture");
  check_rejected(riff(riff_chunk("ABCD", "<x>") + lossy(16, 8)), webp_type, "data of a program");
  check_rejected(riff(lossy(16, 8)) + "<html>", webp_type, "behind its own end");
}

TEST_CASE("a WebP that says two sizes, shows nothing, or hides a byte is rejected") {
  check_rejected(riff(extended(16, 9, 0) + lossy(16, 8)), webp_type, "two sizes");
  check_rejected(riff(""), webp_type, "no picture");
  check_rejected(riff(extended(16, 8, 0)), webp_type, "no picture");
  std::string hidden = riff(extended(16, 8, 0x20) + riff_chunk("ICCP", "odd") + lossy(16, 8));
  hidden[hidden.find("odd") + 3] = 'x';
  check_rejected(hidden, webp_type, "a chunk's end");
  std::string no_key_frame = riff(lossy(16, 8));
  no_key_frame[20] = '\x11';
  check_rejected(no_key_frame, webp_type, "beginning of its picture");
}

TEST_CASE("a file that is cut off at any byte is rejected") {
  check_rejected_where_cut(jpeg({.before_frame = "\xff\xff", .scans = scan() + scan()}), jpeg_type);
  check_rejected_where_cut(png(16, 8, chunk("sRGB", std::string(1, '\0'))), png_type);
  check_rejected_where_cut(riff(extended(16, 8, 0x20) + riff_chunk("ICCP", "odd") + lossy(16, 8)),
                           webp_type);
  check_rejected_where_cut(pdf().substr(0, pdf().size() - 1), pdf_type, Documents::accepted);
}

TEST_CASE("a PDF is a document, and no photo") {
  const PhotoCheck check = check_file(pdf(), pdf_type, Documents::accepted);
  CHECK(check.rejection.empty());
  CHECK(check.type == pdf_type);
  CHECK(check.width == 0);
  check_rejected(pdf(), pdf_type, "a PDF document, and no photo");
  check_rejected(pdf(), jpeg_type, "a PDF document, and no photo");
}

TEST_CASE("a PDF with something before or behind it, or no end, is rejected") {
  for (const std::string& file :
       {"\n" + pdf(), pdf() + "<html>", pdf() + "\n", std::string("%PDF-1.4"),
        std::string("%PDF-1.4\n%%EOF"), std::string("%PDF-9.9\nstartxref\n1\n%%EOF"),
        std::string("%PDF-1.4\nstartxref\n99\n%%EOF")}) {
    INFO(file);
    CHECK_FALSE(check_file(file, pdf_type, Documents::accepted).is_accepted());
  }
}

TEST_CASE("SVG and HTML are never accepted, whatever they are called") {
  for (const std::string& type : {jpeg_type, png_type, webp_type, pdf_type,
                                  std::string("image/svg+xml"), std::string("text/html")}) {
    for (const std::string& file :
         {std::string("<svg xmlns='http://www.w3.org/2000/svg'/>"), std::string("<!doctype html>"),
          std::string("\xef\xbb\xbf <?xml version='1.0'?><svg/>"),
          std::string("\xff\xfe<\0h\0", 6)}) {
      INFO(type << ": " << file);
      const PhotoCheck check = check_file(file, type, Documents::accepted);
      CHECK(check.type.empty());
      CHECK_THAT(check.rejection, ContainsSubstring("a web page or SVG drawing"));
    }
  }
}

TEST_CASE("a file that was announced as another type is rejected, and both are named") {
  check_rejected(png(), jpeg_type, "a PNG picture, and was announced as a JPEG photo");
  check_rejected(jpeg(), webp_type, "a JPEG photo, and was announced as a WebP picture");
  check_rejected(jpeg(), "text/html", "a JPEG photo, and was announced as something else");
  check_rejected(jpeg(), "image/JPEG", "something else");
  CHECK_FALSE(check_file(jpeg(), pdf_type, Documents::accepted).is_accepted());
}

TEST_CASE("what phones and programs also call a picture gets a sentence that names it") {
  check_rejected("GIF89a", jpeg_type, "a GIF picture; choose a JPEG, PNG or WebP file");
  check_rejected(std::string("\0\0\0\x18"
                             "ftypheic",
                             12),
                 jpeg_type, "HEIC");
  check_rejected("", jpeg_type, "empty");
  check_rejected("hello", jpeg_type, "no JPEG, PNG or WebP file");
  CHECK_THAT(check_file("hello", pdf_type, Documents::accepted).rejection,
             ContainsSubstring("no JPEG, PNG, WebP or PDF file"));
}

// What looks at each byte more than a few times would not come to an end before the tests' limit.
TEST_CASE("a file of five megabytes is checked to its end, however it is made") {
  constexpr std::size_t size = 5 * 1024 * 1024;
  const auto repeat = [](const std::string& part) {
    std::string all;
    while (all.size() < size) all += part;
    return all;
  };
  const std::string frame_only = marker(0xd8) + frame(8, 8);
  CHECK_FALSE(check_file(frame_only + scan(repeat("\xff")), jpeg_type).is_accepted());
  CHECK_FALSE(
      check_file(frame_only + scan(repeat(std::string("\xff\0", 2))), jpeg_type).is_accepted());
  CHECK_FALSE(check_file(frame_only + scan(repeat("\xff\xff\xd0")), jpeg_type).is_accepted());
  CHECK_FALSE(check_file(frame_only + repeat(huffman_table()), jpeg_type).is_accepted());
  CHECK_FALSE(check_file(png_header(8, 8) + repeat(chunk("IDAT", "")), png_type).is_accepted());
  CHECK_FALSE(check_file(riff(extended(8, 8, 0) + repeat(riff_chunk("ICCP", ""))), webp_type)
                  .is_accepted());
  CHECK_FALSE(
      check_file("%PDF-1.4" + repeat("startxref"), pdf_type, Documents::accepted).is_accepted());
}
