# accrue_layer(<name> SOURCES <file>... [LINKS <target>...] [DEFAULT_SOURCE])
#
# A folder is one static library, accrue_<name>; what it may call is what it links.
# Includes are written from the project root: #include "daemon/base/list.h".
# DEFAULT_SOURCE defines _DEFAULT_SOURCE, for calls that POSIX does not have (flock, MAP_ANONYMOUS).
function(accrue_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "DEFAULT_SOURCE" "" "SOURCES;LINKS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "accrue_layer(${name}): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  add_library(accrue_${name} STATIC ${ARG_SOURCES})
  target_include_directories(accrue_${name} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(accrue_${name} PUBLIC ${ARG_LINKS} PRIVATE accrue_flags)
  if(ARG_DEFAULT_SOURCE)
    target_compile_definitions(accrue_${name} PRIVATE _DEFAULT_SOURCE)
  endif()
endfunction()

# accrue_program(<name> SOURCES <file>... [LINKS <target>...] [DEFAULT_SOURCE])
#
# An executable, bin/<name> in the build tree, with the same flags.
function(accrue_program name)
  cmake_parse_arguments(PARSE_ARGV 1 ARG "DEFAULT_SOURCE" "" "SOURCES;LINKS")
  if(ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "accrue_program(${name}): what is ${ARG_UNPARSED_ARGUMENTS}?")
  endif()
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_LINKS} accrue_flags)
  if(ARG_DEFAULT_SOURCE)
    target_compile_definitions(${name} PRIVATE _DEFAULT_SOURCE)
  endif()
endfunction()
