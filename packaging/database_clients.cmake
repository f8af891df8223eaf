# The client libraries of PostgreSQL (HSS::pq, <libpq-fe.h>) and of MariaDB and MySQL (HSS::mariadb, <mysql.h>).
# PostgreSQL's is the system's where it has it, but not in a static executable, as Debian's libpq.a needs Kerberos and
# LDAP. MariaDB's is always built from source: a system's loads ways to sign in from the disk, MySQL's own among them.
# What is built goes into build/deps, once for all builds of this folder, and for another system into a folder there.
include(ExternalProject)
set(clients ${CMAKE_CURRENT_SOURCE_DIR}/build/deps)
if(CMAKE_CROSSCOMPILING)
  string(APPEND clients /clients-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
endif()

if(HSS_WITH_POSTGRES)
  add_library(HSS::pq UNKNOWN IMPORTED)
  if(NOT HSS_STATIC)
    find_path(HSS_pq_INCLUDES libpq-fe.h PATH_SUFFIXES postgresql)
    find_library(HSS_LIB_pq pq)
    if(HSS_pq_INCLUDES AND HSS_LIB_pq)
      # Those before PostgreSQL 14 lack it.
      file(STRINGS ${HSS_pq_INCLUDES}/libpq-fe.h pipelining REGEX LIBPQ_HAS_PIPELINING)
    endif()
  endif()
  if(pipelining)
    set_target_properties(HSS::pq PROPERTIES IMPORTED_LOCATION ${HSS_LIB_pq})
    target_include_directories(HSS::pq INTERFACE ${HSS_pq_INCLUDES})
  else()
    set(libpq ${clients}/libpq)
    add_library(HSS::pgcommon_shlib UNKNOWN IMPORTED)
    add_library(HSS::pgport_shlib UNKNOWN IMPORTED)
    foreach(part pq pgcommon_shlib pgport_shlib)
      set_target_properties(HSS::${part} PROPERTIES IMPORTED_LOCATION ${libpq}/lib/lib${part}.a)
    endforeach()
    file(MAKE_DIRECTORY ${libpq}/include)
    target_include_directories(HSS::pq INTERFACE ${libpq}/include)
    target_link_libraries(HSS::pq INTERFACE HSS::pgcommon_shlib OpenSSL::SSL)
    target_link_libraries(HSS::pgcommon_shlib INTERFACE HSS::pgport_shlib OpenSSL::Crypto)
    if(NOT EXISTS ${libpq}/lib/libpq.a)
      FetchContent_Declare(postgresql
        URL https://ftp.postgresql.org/pub/source/v15.18/postgresql-15.18.tar.bz2
        URL_HASH SHA256=11df0df97fe3ea4ba9a791faaf39cee1d2fe571e78885b5b55d8517d27c323b4
        # Newer times would have make renew its generated files, with Perl and Bison.
        DOWNLOAD_EXTRACT_TIMESTAMP ON)
      FetchContent_MakeAvailable(postgresql)
      find_program(HSS_MAKE NAMES gmake make REQUIRED)
      cmake_host_system_information(RESULT processors QUERY NUMBER_OF_LOGICAL_CORES)
      cmake_path(GET OPENSSL_CRYPTO_LIBRARY PARENT_PATH openssl_folder)
      set(source ${postgresql_SOURCE_DIR}/src)
      set(cross "")
      if(CMAKE_CROSSCOMPILING)
        # Time zones are the server's affair; without that option their compiler would have to run here.
        set(cross --host=${CMAKE_LIBRARY_ARCHITECTURE} AR=${CMAKE_AR} RANLIB=${CMAKE_RANLIB}
          --with-system-tzdata=/usr/share/zoneinfo)
      endif()
      ExternalProject_Add(libpq_build
        SOURCE_DIR ${postgresql_SOURCE_DIR}
        CONFIGURE_COMMAND <SOURCE_DIR>/configure --with-ssl=openssl --without-readline --without-zlib
          CC=${CMAKE_C_COMPILER} CPPFLAGS=-I${OPENSSL_INCLUDE_DIR} LDFLAGS=-L${openssl_folder} ${cross}
          "CFLAGS=-O2 -ffunction-sections -fdata-sections -ffile-prefix-map=${postgresql_SOURCE_DIR}=postgresql"
        BUILD_COMMAND ${HSS_MAKE} -s -j${processors} -C src/interfaces/libpq libpq.a
        COMMAND ${HSS_MAKE} -s -C src/common libpgcommon_shlib.a
        COMMAND ${HSS_MAKE} -s -C src/port libpgport_shlib.a
        # It repeats what configure was told, with this folder in it, and libpq does not ask it.
        COMMAND ${CMAKE_AR} d src/common/libpgcommon_shlib.a config_info_shlib.o
        # The archive that says that all is there comes last, and whole.
        INSTALL_COMMAND ${CMAKE_COMMAND} -E make_directory ${libpq}/lib
        COMMAND ${CMAKE_COMMAND} -E copy ${source}/interfaces/libpq/libpq-fe.h ${source}/include/postgres_ext.h
          src/include/pg_config_ext.h ${libpq}/include
        COMMAND ${CMAKE_COMMAND} -E copy src/common/libpgcommon_shlib.a src/port/libpgport_shlib.a ${libpq}/lib
        COMMAND ${CMAKE_COMMAND} -E copy src/interfaces/libpq/libpq.a ${libpq}/lib/libpq.a.new
        COMMAND ${CMAKE_COMMAND} -E rename ${libpq}/lib/libpq.a.new ${libpq}/lib/libpq.a
        BUILD_BYPRODUCTS ${libpq}/lib/libpq.a ${libpq}/lib/libpgcommon_shlib.a ${libpq}/lib/libpgport_shlib.a
        EXCLUDE_FROM_ALL ON LOG_CONFIGURE ON LOG_BUILD ON LOG_INSTALL ON LOG_OUTPUT_ON_FAILURE ON)
      add_dependencies(HSS::pq libpq_build)
    endif()
  endif()
endif()

if(HSS_WITH_MYSQL)
  add_library(HSS::mariadb UNKNOWN IMPORTED)
  set(libmariadb ${clients}/libmariadb)
  set(archive ${libmariadb}/lib/libmariadbclient.a)
  file(MAKE_DIRECTORY ${libmariadb}/include/mariadb)
  target_include_directories(HSS::mariadb INTERFACE ${libmariadb}/include/mariadb)
  set_target_properties(HSS::mariadb PROPERTIES IMPORTED_LOCATION ${archive})
  target_link_libraries(HSS::mariadb INTERFACE OpenSSL::SSL ZLIB::ZLIB m)
  if(NOT EXISTS ${archive})
    FetchContent_Declare(mariadb
      GIT_REPOSITORY https://github.com/mariadb-corporation/mariadb-connector-c.git
      GIT_TAG v3.3.19
      # It is built apart: its options and flags are not ours.
      SOURCE_SUBDIR none)
    FetchContent_MakeAvailable(mariadb)
    set(mariadb_compiler -DCMAKE_C_COMPILER=${CMAKE_C_COMPILER})
    if(CMAKE_CROSSCOMPILING)
      set(mariadb_compiler -DCMAKE_TOOLCHAIN_FILE=${CMAKE_TOOLCHAIN_FILE} -DHSS_CROSS_DEPS=${HSS_CROSS_DEPS})
    endif()
    ExternalProject_Add(libmariadb_build
      SOURCE_DIR ${mariadb_SOURCE_DIR}
      CMAKE_ARGS --no-warn-unused-cli -DCMAKE_BUILD_TYPE=Release -DCMAKE_POSITION_INDEPENDENT_CODE=ON
        ${mariadb_compiler} -DCMAKE_COMPILE_WARNING_AS_ERROR=OFF
        "-DCMAKE_C_FLAGS=-O2 -ffunction-sections -fdata-sections -I${CMAKE_CURRENT_SOURCE_DIR}/packaging/no_plugins"
        -DOPENSSL_INCLUDE_DIR=${OPENSSL_INCLUDE_DIR} -DWITH_SSL=OPENSSL
        -DWITH_EXTERNAL_ZLIB=ON -DWITH_CURL=OFF -DWITH_UNIT_TESTS=OFF
        -DCLIENT_PLUGIN_CACHING_SHA2_PASSWORD=STATIC -DCLIENT_PLUGIN_SHA256_PASSWORD=STATIC
        -DCLIENT_PLUGIN_CLIENT_ED25519=STATIC -DCLIENT_PLUGIN_MYSQL_OLD_PASSWORD=OFF
        -DCLIENT_PLUGIN_MYSQL_CLEAR_PASSWORD=OFF -DCLIENT_PLUGIN_DIALOG=OFF -DCLIENT_PLUGIN_AUTH_GSSAPI_CLIENT=OFF
        -DCLIENT_PLUGIN_ZSTD=OFF
      BUILD_COMMAND ${CMAKE_COMMAND} --build . --target mariadbclient
      INSTALL_COMMAND ${CMAKE_COMMAND} --install include --prefix ${libmariadb}
      COMMAND ${CMAKE_COMMAND} -E make_directory ${libmariadb}/lib
      COMMAND ${CMAKE_COMMAND} -E copy libmariadb/libmariadbclient.a ${archive}.new
      COMMAND ${CMAKE_COMMAND} -E rename ${archive}.new ${archive}
      BUILD_BYPRODUCTS ${archive}
      EXCLUDE_FROM_ALL ON LOG_CONFIGURE ON LOG_BUILD ON LOG_INSTALL ON LOG_OUTPUT_ON_FAILURE ON)
    add_dependencies(HSS::mariadb libmariadb_build)
  endif()
endif()
