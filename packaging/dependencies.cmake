# Where the libraries come from: the system's where it has them, else upstream's source at a fixed
# commit. packaging/setup writes build/deps/where.cmake on Debian, which says where it put those
# that Debian 12 itself does not have, or not so.
include(FetchContent)
include(${CMAKE_CURRENT_SOURCE_DIR}/build/deps/where.cmake OPTIONAL)

set(OPENSSL_USE_STATIC_LIBS ${HSS_STATIC})
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto SSL)
find_package(Threads REQUIRED)
if(HSS_STATIC)
  find_library(SQLite3_LIBRARY libsqlite3.a REQUIRED)
endif()
find_package(SQLite3 3.37 REQUIRED)
if(HSS_STATIC)
  # Newer Debian's libcrypto.a uses these two for compression.
  foreach(compression z zstd)
    find_library(HSS_LIB_${compression} lib${compression}.a)
    if(HSS_LIB_${compression})
      target_link_libraries(OpenSSL::Crypto INTERFACE ${HSS_LIB_${compression}})
    endif()
  endforeach()
endif()

# Packs answers (src/api/http/gzip.cpp).
set(ZLIB_USE_STATIC_LIBS ${HSS_STATIC})
find_package(ZLIB 1.2.11 REQUIRED)

set(HTTPLIB_COMPILE ON)
set(HTTPLIB_INSTALL OFF)
set(HTTPLIB_REQUIRE_OPENSSL ON)
set(HTTPLIB_USE_ZLIB_IF_AVAILABLE OFF)
set(HTTPLIB_USE_BROTLI_IF_AVAILABLE OFF)
set(HTTPLIB_USE_ZSTD_IF_AVAILABLE OFF)
set(HTTPLIB_USE_NON_BLOCKING_GETADDRINFO OFF)
# Zig lacks the frameworks that it reads a Mac's keychain by; there a file has the certificates.
if(APPLE AND CMAKE_CROSSCOMPILING)
  set(HTTPLIB_DISABLE_MACOSX_AUTOMATIC_ROOT_CERTIFICATES ON)
endif()
FetchContent_Declare(httplib
  GIT_REPOSITORY https://github.com/yhirose/cpp-httplib.git
  GIT_TAG b8fe69e4e892ec394ca8de27ab2fe219008690b6 # v0.53.1
  SYSTEM)
FetchContent_Declare(SQLiteCpp
  GIT_REPOSITORY https://github.com/SRombauts/SQLiteCpp.git
  GIT_TAG 3.3.2
  SYSTEM FIND_PACKAGE_ARGS)
FetchContent_Declare(nlohmann_json
  GIT_REPOSITORY https://github.com/nlohmann/json.git
  GIT_TAG v3.11.3
  SYSTEM FIND_PACKAGE_ARGS 3.11)
FetchContent_Declare(CLI11
  GIT_REPOSITORY https://github.com/CLIUtils/CLI11.git
  GIT_TAG v2.4.2
  SYSTEM FIND_PACKAGE_ARGS)
FetchContent_Declare(spdlog
  GIT_REPOSITORY https://github.com/gabime/spdlog.git
  GIT_TAG v1.14.1
  SYSTEM FIND_PACKAGE_ARGS)
FetchContent_MakeAvailable(httplib SQLiteCpp nlohmann_json CLI11 spdlog)
# The default backlog of 5 drops connections under a burst.
target_compile_definitions(httplib PUBLIC CPPHTTPLIB_LISTEN_BACKLOG=1024)
# Its one source, which the build makes, has its own path in its assertions; a cache of compilers gives a shorter one.
target_compile_options(httplib PRIVATE -fmacro-prefix-map=${CMAKE_BINARY_DIR}/=)
# Its client would hold a body of a kilobyte back for up to a second, until the server asks for it.
target_compile_definitions(httplib PRIVATE CPPHTTPLIB_EXPECT_100_THRESHOLD=0)
# A write to a connection that is gone fails, whether or not the program has seen to SIGPIPE.
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  target_compile_definitions(httplib PRIVATE CPPHTTPLIB_SEND_FLAGS=MSG_NOSIGNAL)
endif()

# Unicode's tables, which no standard library has. Debian's package has no file for CMake.
add_library(hss_utf8proc INTERFACE)
find_path(HSS_UTF8PROC_INCLUDES utf8proc.h)
find_library(HSS_LIB_utf8proc NAMES libutf8proc.a utf8proc)
if(HSS_UTF8PROC_INCLUDES AND HSS_LIB_utf8proc)
  target_include_directories(hss_utf8proc SYSTEM INTERFACE ${HSS_UTF8PROC_INCLUDES})
  target_link_libraries(hss_utf8proc INTERFACE ${HSS_LIB_utf8proc})
  # Else its header would have it in a DLL.
  if(WIN32)
    target_compile_definitions(hss_utf8proc INTERFACE UTF8PROC_STATIC)
  endif()
else()
  FetchContent_Declare(utf8proc
    GIT_REPOSITORY https://github.com/JuliaStrings/utf8proc.git
    GIT_TAG 34db3f7954e9298e89f42641ac78e0450f80a70d # v2.9.0
    SYSTEM)
  FetchContent_MakeAvailable(utf8proc)
  target_link_libraries(hss_utf8proc INTERFACE utf8proc)
endif()

# spdlog as headers alone: Debian has its libraries as shared objects only.
add_library(hss_spdlog INTERFACE)
get_target_property(spdlog_includes spdlog::spdlog_header_only INTERFACE_INCLUDE_DIRECTORIES)
get_target_property(spdlog_definitions spdlog::spdlog_header_only INTERFACE_COMPILE_DEFINITIONS)
target_include_directories(hss_spdlog SYSTEM INTERFACE ${spdlog_includes})
if(spdlog_definitions)
  target_compile_definitions(hss_spdlog INTERFACE ${spdlog_definitions} FMT_HEADER_ONLY)
endif()

if(HSS_BUILD_TESTS OR HSS_FUZZ)
  FetchContent_Declare(Catch2
    GIT_REPOSITORY https://github.com/catchorg/Catch2.git
    GIT_TAG v3.7.1
    SYSTEM FIND_PACKAGE_ARGS 3)
  FetchContent_MakeAvailable(Catch2)
endif()

if(HSS_WITH_POSTGRES OR HSS_WITH_MYSQL)
  include(packaging/database_clients.cmake)
endif()
