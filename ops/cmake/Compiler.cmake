# Language, warnings, hardening and instrumentation, in one interface target.
# `accrue_flags` is linked PRIVATE, so that nothing of it reaches users of the library.

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_C_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON) # the client library takes objects of proto/
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

include(CheckPIESupported)
check_pie_supported(LANGUAGES C)

# Hardening that depends on the processor or on the compiler's version.
include(CheckCCompilerFlag)
foreach(flag -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero)
  string(MAKE_C_IDENTIFIER "ACCRUE_HAS${flag}" has)
  check_c_compiler_flag(${flag} ${has})
  if(${has})
    list(APPEND accrue_hardening ${flag})
  endif()
endforeach()

find_program(ACCRUE_CCACHE ccache)
if(ACCRUE_CCACHE AND NOT CMAKE_C_COMPILER_LAUNCHER)
  set(CMAKE_C_COMPILER_LAUNCHER ${ACCRUE_CCACHE})
endif()

if(ACCRUE_FUZZ AND NOT CMAKE_C_COMPILER_ID STREQUAL "Clang")
  message(FATAL_ERROR "ACCRUE_FUZZ needs clang: cmake --preset fuzz")
endif()

set(hardened "$<CONFIG:Release,RelWithDebInfo,MinSizeRel>")
set(gcc "$<C_COMPILER_ID:GNU>")
set(clang "$<C_COMPILER_ID:Clang>")

add_library(accrue_flags INTERFACE)
target_compile_definitions(accrue_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(accrue_flags INTERFACE
  -Wall -Wextra -Wpedantic
  -Wshadow -Wconversion -Wsign-conversion -Wdouble-promotion
  -Wstrict-prototypes -Wold-style-definition -Wmissing-prototypes -Wredundant-decls
  -Wcast-qual -Wcast-align -Wwrite-strings -Wpointer-arith -Wundef -Wvla -Walloca
  -Wformat=2 -Wnull-dereference -Wimplicit-fallthrough -Wswitch-enum
  -fno-common -fno-omit-frame-pointer
  # what an assertion says is the same wherever the sources lay
  "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/="
  $<${gcc}:-Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wformat-signedness
    -Wformat-truncation=2 -Wcast-align=strict -Wjump-misses-init -Wtrampolines>
  $<${clang}:-Wcomma -Wassign-enum -Wextra-semi-stmt -Wmissing-variable-declarations
    -Wunreachable-code>
  $<$<BOOL:${ACCRUE_WERROR}>:-Werror>
  $<${hardened}:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong
    ${accrue_hardening}>)
target_link_options(accrue_flags INTERFACE
  $<${hardened}:-Wl,-z,relro,-z,now,-z,noexecstack>)

# What ships has a bound on its frames; tests (property ACCRUE_TEST) need none, and
# instrumented frames are larger.
set(shipped "$<NOT:$<BOOL:$<TARGET_PROPERTY:ACCRUE_TEST>>>")
if(NOT ACCRUE_SANITIZE AND NOT ACCRUE_COVERAGE)
  target_compile_options(accrue_flags INTERFACE $<$<AND:${gcc},${shipped}>:-Wstack-usage=16384>)
endif()

if(ACCRUE_SANITIZE)
  target_compile_options(accrue_flags INTERFACE
    -fsanitize=${ACCRUE_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(accrue_flags INTERFACE -fsanitize=${ACCRUE_SANITIZE})
endif()
if(ACCRUE_FUZZ)
  target_compile_options(accrue_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(ACCRUE_COVERAGE)
  target_compile_options(accrue_flags INTERFACE --coverage -O0)
  target_link_options(accrue_flags INTERFACE --coverage)
endif()
