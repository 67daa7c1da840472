# accrue_manual(<component> <source>...)
#
# Manual pages in scdoc (man/accrued.8.scd), compressed as Debian has them, and installed with a
# component. Without scdoc there are none.
find_program(ACCRUE_SCDOC scdoc)

function(accrue_manual component)
  if(NOT ACCRUE_SCDOC)
    return()
  endif()
  foreach(source IN LISTS ARGN)
    cmake_path(GET source STEM LAST_ONLY page)
    string(REGEX MATCH "[0-9]$" section ${page})
    set(made ${CMAKE_CURRENT_BINARY_DIR}/${page}.gz)
    add_custom_command(OUTPUT ${made}
      COMMAND sh -c "${ACCRUE_SCDOC} <\"$1\" | gzip -9n >\"$2\"" scdoc
              ${CMAKE_CURRENT_SOURCE_DIR}/${source} ${made}
      DEPENDS ${source} VERBATIM)
    list(APPEND pages ${made})
    install(FILES ${made} COMPONENT ${component} DESTINATION ${CMAKE_INSTALL_MANDIR}/man${section})
  endforeach()
  add_custom_target(${component}_manual ALL DEPENDS ${pages})
endfunction()
