# What an installed system has besides programs and manuals, and the Debian packages of it all:
# accrued, accrue, libaccrue0, libaccrue-dev. ops/package makes them from the release build.
set(packaging ${PROJECT_SOURCE_DIR}/ops/packaging)
set(packages accrued accrue libaccrue${PROJECT_VERSION_MAJOR} libaccrue-dev)

# ---- the service ----
configure_file(ops/systemd/accrued.service.in ops/systemd/accrued.service @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/ops/systemd/accrued.service ops/systemd/accrued.socket
  ops/systemd/accrued-http.socket
  COMPONENT accrued DESTINATION lib/systemd/system)
install(FILES ops/systemd/accrued.sysusers RENAME accrued.conf
  COMPONENT accrued DESTINATION lib/sysusers.d)
install(FILES ${packaging}/accrued.conf
  COMPONENT accrued DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/accrued)

# ---- documents ----
install(FILES docs/operations.md docs/operations.zh-CN.md
  COMPONENT accrued DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/accrued)
install(FILES ops/prometheus/prometheus.yml ops/prometheus/accrued.rules.yml
  ops/grafana/accrued.json
  COMPONENT accrued DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/accrued/examples)
# An installed file tells when its source was last changed, not when somebody built it.
execute_process(COMMAND git log -1 --format=%ct WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
  OUTPUT_VARIABLE epoch OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
if(NOT epoch)
  string(TIMESTAMP epoch %s UTC)
endif()
execute_process(COMMAND env LC_ALL=C date -u -R -d @${epoch}
  OUTPUT_VARIABLE ACCRUE_DATE OUTPUT_STRIP_TRAILING_WHITESPACE)
configure_file(${packaging}/changelog.in ops/packaging/changelog.Debian @ONLY)
foreach(pair "${PROJECT_SOURCE_DIR}/CHANGELOG.md:changelog.gz"
    "${PROJECT_BINARY_DIR}/ops/packaging/changelog.Debian:changelog.Debian.gz")
  string(REGEX MATCH "^(.*):(.*)$" pair ${pair})
  set(made ${PROJECT_BINARY_DIR}/ops/packaging/${CMAKE_MATCH_2})
  add_custom_command(OUTPUT ${made}
    COMMAND sh -c "gzip -9nc \"$1\" >\"$2\"" gzip ${CMAKE_MATCH_1} ${made}
    DEPENDS ${CMAKE_MATCH_1} VERBATIM)
  list(APPEND changelogs ${made})
endforeach()
add_custom_target(changelogs ALL DEPENDS ${changelogs})
foreach(package IN LISTS packages)
  install(FILES ${packaging}/copyright ${changelogs}
    COMPONENT ${package} DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package})
  install(FILES ${packaging}/overrides/${package}
    COMPONENT ${package} DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides)
endforeach()

# ---- packages ----
# Their place is /usr; a build for another prefix has other paths in its files.
if(NOT CMAKE_INSTALL_PREFIX STREQUAL "/usr")
  return()
endif()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_SOURCE_DIR}/build/packages)
set(CPACK_PACKAGE_NAME accrued)
set(CPACK_PACKAGE_CONTACT "accrued maintainers <maintainers@accrued.example>")
set(CPACK_COMPONENTS_ALL ${packages})
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS_POLICY ">=")
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)

set(CPACK_DEBIAN_ACCRUED_PACKAGE_NAME accrued)
set(CPACK_DEBIAN_ACCRUED_PACKAGE_SECTION database)
set(CPACK_DEBIAN_ACCRUED_PACKAGE_DEPENDS
  "systemd | systemd-standalone-sysusers | systemd-sysusers")
set(CPACK_DEBIAN_ACCRUED_PACKAGE_RECOMMENDS accrue)
set(CPACK_DEBIAN_ACCRUED_PACKAGE_SUGGESTS prometheus)
set(CPACK_DEBIAN_ACCRUED_PACKAGE_CONTROL_EXTRA
  ${packaging}/accrued/conffiles ${packaging}/accrued/postinst ${packaging}/accrued/prerm
  ${packaging}/accrued/postrm)
set(CPACK_DEBIAN_ACCRUED_DESCRIPTION
"append-only transaction log for technology-transfer contracts
accrued takes the events of contracts over a socket, makes them durable in an
append-only log, never changes them again, and answers at any time what is
owed, by whom and since when, by folding the log.

This package contains the daemon and its service.")

set(CPACK_DEBIAN_ACCRUE_PACKAGE_NAME accrue)
set(CPACK_DEBIAN_ACCRUE_PACKAGE_SECTION database)
set(CPACK_DEBIAN_ACCRUE_PACKAGE_SUGGESTS accrued)
set(CPACK_DEBIAN_ACCRUE_DESCRIPTION
"command of accrued, the log of technology-transfer contracts
accrue appends events to a running accrued, follows its log and asks it: what
is owed, statistics of a year, everything about a contract. It prints tables
in English and Chinese, JSON, CSV and workbooks.")

set(library LIBACCRUE${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_${library}_PACKAGE_NAME libaccrue${PROJECT_VERSION_MAJOR})
set(CPACK_DEBIAN_${library}_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_${library}_PACKAGE_CONTROL_EXTRA ${packaging}/libaccrue0/triggers)
set(CPACK_DEBIAN_${library}_DESCRIPTION
"client library of accrued, the log of technology-transfer contracts
libaccrue has a core without input and output, for any event loop, and a
blocking interface over it.

This package contains the shared library.")

set(CPACK_DEBIAN_LIBACCRUE-DEV_PACKAGE_NAME libaccrue-dev)
set(CPACK_DEBIAN_LIBACCRUE-DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBACCRUE-DEV_PACKAGE_DEPENDS
  "libaccrue${PROJECT_VERSION_MAJOR} (= ${PROJECT_VERSION}-${CPACK_DEBIAN_PACKAGE_RELEASE})")
set(CPACK_DEBIAN_LIBACCRUE-DEV_PACKAGE_SUGGESTS libuv1-dev)
set(CPACK_DEBIAN_LIBACCRUE-DEV_DESCRIPTION
"client library of accrued (development files)
libaccrue has a core without input and output, for any event loop, and a
blocking interface over it.

This package contains headers, the static library, and what CMake and
pkg-config need to find them.")

include(CPack)
