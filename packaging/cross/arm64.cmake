# Builds for Linux on arm64 with Debian's compiler and its libraries, which packaging/cross/deps arm64 fetches.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_LIBRARY_ARCHITECTURE aarch64-linux-gnu)
set(HSS_CROSS_DEPS ${CMAKE_CURRENT_LIST_DIR}/../../build/deps/arm64 CACHE PATH "Where its libraries are")
include(${CMAKE_CURRENT_LIST_DIR}/find.cmake)

# Runs its tests here.
find_program(HSS_QEMU NAMES qemu-aarch64-static qemu-aarch64)
if(HSS_QEMU)
  set(CMAKE_CROSSCOMPILING_EMULATOR ${HSS_QEMU})
endif()
