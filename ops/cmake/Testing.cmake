# How a test is registered. The kind is the ctest label and the first half of the
# test's name: `ctest -L unit`, `ctest -R unit.money`.
#
# Every test finds these in its environment: ACCRUE_SOURCE_DIR (the tree, read only),
# ACCRUE_BIN_DIR (accrued, accrue, ...), ACCRUE_LIB_DIR (libaccrue). It makes its own
# temporary directory and listens on port 0 or on a socket in there, so that ctest -j is safe.

set(ACCRUE_TEST_ENVIRONMENT
  "ACCRUE_SOURCE_DIR=${PROJECT_SOURCE_DIR}"
  "ACCRUE_BIN_DIR=${PROJECT_BINARY_DIR}/bin"
  "ACCRUE_LIB_DIR=${PROJECT_BINARY_DIR}/lib")
if(ACCRUE_SANITIZE)
  list(APPEND ACCRUE_TEST_ENVIRONMENT
    "ACCRUE_SANITIZE=${ACCRUE_SANITIZE}"
    "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:detect_leaks=1"
    "UBSAN_OPTIONS=print_stacktrace=1"
    "TSAN_OPTIONS=second_deadlock_stack=1:suppressions=${PROJECT_SOURCE_DIR}/tests/lint/tsan.supp")
endif()

# Tests that run more than one thread have the label `threaded` too, for ThreadSanitizer; the
# target of that name builds them.
set(ACCRUE_THREADED "^(unit[.](net|service|client)_|unit[.]store_(log|snapshot|processes)$|\
integration[.]daemon|wire[.](protocol|jobs|scrub|bounds)|\
wire[.]http_(answers|refusals|append|stream|metrics))")
add_custom_target(threaded)
add_custom_target(fuzzers) # and what they need, for the preset fuzz
if(NOT ACCRUE_FUZZ)
  add_dependencies(threaded accrued)
endif()

# What may take longest begins first (COST), so that nothing runs alone at the end.
function(accrue_test_properties kind name timeout)
  math(EXPR timeout "${timeout} * ${ACCRUE_TIMEOUT_FACTOR}")
  set(labels ${kind})
  if(name MATCHES ${ACCRUE_THREADED})
    list(APPEND labels threaded)
  endif()
  set_tests_properties(${name} PROPERTIES
    LABELS "${labels}" TIMEOUT ${timeout} COST ${timeout} ENVIRONMENT "${ACCRUE_TEST_ENVIRONMENT}")
  if(ARG_SERIAL)
    set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
  endif()
endfunction()

# accrue_test(<kind> <name> SOURCES <file>... [LINKS <target>...] [TIMEOUT <seconds>]
#             [SERIAL] [DEFAULT_SOURCE])
#
# Builds the cmocka program test_<name> and runs it as test <kind>.<name>.
function(accrue_test kind name)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "SERIAL;DEFAULT_SOURCE" "TIMEOUT" "SOURCES;LINKS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "accrue_test(${kind} ${name}): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  if(ACCRUE_FUZZ)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  add_executable(test_${name} ${ARG_SOURCES})
  set_target_properties(test_${name} PROPERTIES ACCRUE_TEST ON
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bin)
  target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(test_${name} PRIVATE ${ARG_LINKS} PkgConfig::CMOCKA accrue_flags)
  if(ARG_DEFAULT_SOURCE)
    target_compile_definitions(test_${name} PRIVATE _DEFAULT_SOURCE)
  endif()
  add_test(NAME ${kind}.${name} COMMAND test_${name})
  if(${kind}.${name} MATCHES ${ACCRUE_THREADED})
    add_dependencies(threaded test_${name})
  endif()
  accrue_test_properties(${kind} ${kind}.${name} ${ARG_TIMEOUT})
endfunction()

# accrue_script_test(<kind> <name> COMMAND <program> <argument>... [TIMEOUT <seconds>] [SERIAL])
#
# Runs any command as test <kind>.<name>. Exit code 77 means skipped. Python tests
# name /usr/bin/python3, the one that has the packages of ops/install-deps.
function(accrue_script_test kind name)
  cmake_parse_arguments(PARSE_ARGV 2 ARG "SERIAL" "TIMEOUT" "COMMAND")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "accrue_script_test(${kind} ${name}): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  if(ACCRUE_FUZZ)
    return()
  endif()
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 60)
  endif()
  add_test(NAME ${kind}.${name} COMMAND ${ARG_COMMAND}
    WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
  accrue_test_properties(${kind} ${kind}.${name} ${ARG_TIMEOUT})
  set_tests_properties(${kind}.${name} PROPERTIES SKIP_RETURN_CODE 77)
endfunction()

# accrue_fuzz(<name> SOURCES <file>... [LINKS <target>...] [DEFAULT_SOURCE])
#
# The sources define LLVMFuzzerTestOneInput (tests/fuzz/fuzz.h). With ACCRUE_FUZZ, fuzz_<name>
# is a libFuzzer program that ctest runs for ACCRUE_FUZZ_SECONDS, starting from a scratch copy
# of tests/fuzz/corpus/<name>. Without, it replays that corpus once, so that every input
# committed there is a regression test in every preset.
function(accrue_fuzz name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "SERIAL;DEFAULT_SOURCE" "" "SOURCES;LINKS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "accrue_fuzz(${name}): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  set(corpus ${PROJECT_SOURCE_DIR}/tests/fuzz/corpus/${name})
  add_executable(fuzz_${name} ${ARG_SOURCES})
  add_dependencies(fuzzers fuzz_${name})
  set_target_properties(fuzz_${name} PROPERTIES ACCRUE_TEST ON
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bin)
  target_include_directories(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(fuzz_${name} PRIVATE ${ARG_LINKS} accrue_flags)
  if(ARG_DEFAULT_SOURCE)
    target_compile_definitions(fuzz_${name} PRIVATE _DEFAULT_SOURCE)
  endif()
  if(ACCRUE_FUZZ)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    add_test(NAME fuzz.${name}
      COMMAND ${PROJECT_SOURCE_DIR}/ops/cmake/run-fuzz
        $<TARGET_FILE:fuzz_${name}> ${corpus} ${ACCRUE_FUZZ_SECONDS}
        ${PROJECT_BINARY_DIR}/fuzz/${name})
    math(EXPR timeout "${ACCRUE_FUZZ_SECONDS} + 120")
  else()
    target_sources(fuzz_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.c)
    add_test(NAME fuzz.${name} COMMAND fuzz_${name} ${corpus})
    set(timeout 60)
  endif()
  accrue_test_properties(fuzz fuzz.${name} ${timeout})
endfunction()
