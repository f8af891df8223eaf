# HSS_COMMIT: the commit that is built, with a + behind it where files differ from it. It comes from git or, in a source tar
# of `git archive`, from the file commit, where git has written it. It is set anew whenever CMake configures.
set(HSS_COMMIT unknown)
file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/packaging/commit archived LIMIT_COUNT 1)
find_package(Git QUIET)
if(archived MATCHES "^([0-9a-f]+) ")
  set(HSS_COMMIT ${CMAKE_MATCH_1})
elseif(GIT_FOUND AND EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/.git)
  execute_process(COMMAND ${GIT_EXECUTABLE} describe --always --abbrev=40 --exclude=* --dirty=+
    WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE
    ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(HSS_COMMIT ${described})
  endif()
endif()
