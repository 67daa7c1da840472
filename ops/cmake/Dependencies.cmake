# Every library that accrued links, found once. CONTRIBUTING.md says why each is there.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

pkg_check_modules(UV REQUIRED IMPORTED_TARGET libuv>=1.44)
pkg_check_modules(MSGPACK REQUIRED IMPORTED_TARGET msgpack>=4.0)
pkg_check_modules(LMDB REQUIRED IMPORTED_TARGET lmdb>=0.9.24)
pkg_check_modules(CRYPTO REQUIRED IMPORTED_TARGET libcrypto>=3.0)
pkg_check_modules(XXHASH REQUIRED libxxhash>=0.8) # its header only
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson>=2.14)
pkg_check_modules(OPENCC REQUIRED IMPORTED_TARGET opencc>=1.1)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
pkg_check_modules(INIH REQUIRED IMPORTED_TARGET inih)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip>=1.7)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat>=2.4) # bounds what entities expand to
find_library(ACCRUE_LIBCSV csv REQUIRED)                     # has no pkg-config file

# llhttp comes as C sources (Debian: node-llhttp), to be compiled by who uses it. It has a strict
# mode, which is off by default.
find_path(LLHTTP_SOURCES llhttp.c PATHS /usr/share/llhttp REQUIRED NO_DEFAULT_PATH)
find_path(LLHTTP_HEADERS llhttp.h PATHS /usr/share/include/llhttp REQUIRED)
add_library(accrue_llhttp STATIC
  ${LLHTTP_SOURCES}/api.c ${LLHTTP_SOURCES}/http.c ${LLHTTP_SOURCES}/llhttp.c)
target_include_directories(accrue_llhttp SYSTEM PUBLIC ${LLHTTP_HEADERS})
target_compile_definitions(accrue_llhttp PUBLIC LLHTTP_STRICT_MODE=1)
target_compile_options(accrue_llhttp PRIVATE -w)

if(BUILD_TESTING)
  pkg_check_modules(CMOCKA REQUIRED IMPORTED_TARGET cmocka>=1.1.5)
endif()
