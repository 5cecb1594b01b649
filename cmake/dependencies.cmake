# Everything the project links, found in one place. Reasons and licences stand in README.md.
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network Sql Concurrent)
if(AIVA_UI)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Gui Widgets Svg LinguistTools)
endif()
if(AIVA_TESTS)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Test)
endif()
find_package(Qt6Keychain REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(simdjson REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
# The C library's headers define it for C++ by themselves; given twice, precompiled headers (cmake/targets.cmake) do not fit.
get_target_property(gmime_options PkgConfig::GMIME INTERFACE_COMPILE_OPTIONS)
if(gmime_options)
  list(REMOVE_ITEM gmime_options -D_LARGEFILE64_SOURCE)
  set_target_properties(PkgConfig::GMIME PROPERTIES INTERFACE_COMPILE_OPTIONS "${gmime_options}")
endif()
find_package(ZLIB REQUIRED)
find_path(HTTPLIB_INCLUDE_DIR httplib.h)
find_package(Threads REQUIRED)

qt_standard_project_setup()
set(CMAKE_AUTOUIC OFF) # there are no .ui files to look for
# Only targets with a Q_OBJECT ask for moc (aiva_library does).
