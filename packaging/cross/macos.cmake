# On a Mac: nothing, it builds for itself. Elsewhere: builds for macOS 11 with Zig and the libraries of
# packaging/cross/deps macos-arm64 or macos-x86_64.
if(CMAKE_HOST_SYSTEM_NAME STREQUAL "Darwin")
  return()
endif()
set(HSS_MACOS_PROCESSOR arm64 CACHE STRING "arm64 or x86_64")
set(CMAKE_SYSTEM_NAME Darwin)
set(CMAKE_SYSTEM_PROCESSOR ${HSS_MACOS_PROCESSOR})
set(HSS_CROSS_DEPS ${CMAKE_CURRENT_LIST_DIR}/../../build/deps/macos-${HSS_MACOS_PROCESSOR} CACHE PATH
  "Where its libraries are")
foreach(language C CXX)
  set(tool_of_C zig-cc)
  set(tool_of_CXX zig-c++)
  set(CMAKE_${language}_COMPILER ${HSS_CROSS_DEPS}/bin/${tool_of_${language}})
endforeach()
set(CMAKE_AR ${HSS_CROSS_DEPS}/bin/zig-ar)
set(CMAKE_RANLIB ${HSS_CROSS_DEPS}/bin/zig-ranlib)
# Zig is told what to build for by its own name of it, in packaging/cross/deps.
set(CMAKE_OSX_ARCHITECTURES "" CACHE STRING "")
set(CMAKE_OSX_DEPLOYMENT_TARGET "" CACHE STRING "")
set(CMAKE_OSX_SYSROOT "" CACHE STRING "")
include(${CMAKE_CURRENT_LIST_DIR}/find.cmake)
