#include "storage/search_words.h"

#include <catch2/catch_test_macros.hpp>
#include <utility>

using hss::storage::indexed_words;
using hss::storage::search_words;

namespace {

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("names become the words that somebody without their letters types") {
  for (const auto& [name, word] :
       std::vector<std::pair<const char*, const char*>>{{"Søren", "soren"},
                                                        {"SØREN", "soren"},
                                                        {"Łukasz", "lukasz"},
                                                        {"Weiß", "weiss"},
                                                        {"WEIẞ", "weiss"},
                                                        {"ＦｕｌｌWidth", "fullwidth"},
                                                        {"d'Angelo", "dangelo"},
                                                        {"d’Angelo", "dangelo"},
                                                        {"d´Angelo", "dangelo"},
                                                        {"D`ANGELO", "dangelo"},
                                                        {"dʼAngelo", "dangelo"},
                                                        {"Æsop", "aesop"},
                                                        {"Œuvre", "oeuvre"},
                                                        {"Þór", "thor"},
                                                        {"Đặng", "dang"},
                                                        {"İlkay", "ilkay"},
                                                        {"Işık", "isik"},
                                                        {"Zoë", "zoe"},
                                                        {"Zoe\u0308", "zoe"},
                                                        {"Ha\u00adtfield", "hatfield"},
                                                        {"Ha\u200btfield", "hatfield"},
                                                        {"\ufb01n", "fin"},
                                                        {"①②", "12"},
                                                        {"Ǆungla", "dzungla"},
                                                        {"Ɓàbá", "baba"},
                                                        {"Ёлкин", "елкин"},
                                                        {"ΆΡΗΣ", "αρησ"},
                                                        {"שָׁלוֹם", "שלום"},
                                                        {"مُحَمَّد", "محمد"}}) {
    INFO(name);
    CHECK(search_words(name) == Words{word});
  }
}

TEST_CASE("what is no letter or digit stands between words") {
  CHECK(search_words("12 Burnett Street, Hatfield") ==
        Words{"12", "burnett", "street", "hatfield"});
  CHECK(search_words("thandi.mokoena+box@tuks.co.za") ==
        Words{"thandi", "mokoena", "box", "tuks", "co", "za"});
  CHECK(search_words("a–b_c / d") == Words{"a", "b", "c", "d"});
  CHECK(search_words("佐々木 美咲") == Words{"佐々木", "美咲"});
  CHECK(search_words("दीना हिन्दी") == Words{"दीना", "हिन्दी"});
  CHECK(search_words(" – ؟ 😀 '").empty());
  CHECK(search_words("").empty());
}

TEST_CASE("what follows an apostrophe is found by itself, too") {
  CHECK(indexed_words("Maria d'Angelo") == Words{"maria", "angelo", "dangelo"});
  CHECK(indexed_words("d’Ängelo") == Words{"angelo", "dangelo"});
  CHECK(indexed_words("'Thandi' O''Brien'") == Words{"thandi", "brien", "brien", "obrien"});
}

TEST_CASE("ASCII is taken apart as Unicode is") {
  for (const char* text :
       {"Thandi O'Brien, 12 Burnett St. (flat_3) #7", "x`y'z", "HSS-7K3M9QX2VD"}) {
    INFO(text);
    // One more letter makes the text non-ASCII.
    Words longer = indexed_words(std::string(text) + " é");
    longer.pop_back();
    CHECK(indexed_words(text) == longer);
  }
}

TEST_CASE("text that is not UTF-8 has no words") {
  CHECK(search_words("\xff\xfe").empty());
}
