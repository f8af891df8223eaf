# Builds for Windows with Debian's MinGW-w64 (threads as POSIX has them) and the libraries of packaging/cross/deps windows.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_RC_COMPILER x86_64-w64-mingw32-windres)
set(HSS_CROSS_DEPS ${CMAKE_CURRENT_LIST_DIR}/../../build/deps/windows CACHE PATH "Where its libraries are")
include(${CMAKE_CURRENT_LIST_DIR}/find.cmake)

# Runs its tests here.
find_program(HSS_WINE NAMES wine64 wine PATHS /usr/lib/wine)
if(HSS_WINE)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${HSS_WINE})
endif()
