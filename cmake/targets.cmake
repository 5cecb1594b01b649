# aiva_library(name [HOT] SOURCES … LINKS a b … [ALONE …])   a static library of one folder. With AIVA_UNITY its sources are
#                                  compiled by eights, which needs names that differ within a library; those named after
#                                  ALONE keep to themselves (a class with a member of a file's own type must). HOT says
#                                  that it computes much: with AIVA_SANITIZE the others are not optimised, for the
#                                  sanitisers cost almost half less to compile so and only what computes has to be quick.
# aiva_program(name LINKS …)       an executable.
# aiva_test(name SOURCES … LINKS … [LABELS …] [TIMEOUT s])   one Qt Test executable, run offscreen by ctest. SOURCES with
#                                  a header have their meta objects looked for in all of them, others in the first alone.
function(aiva_compile_soon name)
  if(AIVA_SANITIZE)
    target_compile_options(${name} PRIVATE -O0)
  endif()
endfunction()

function(aiva_library name)
  cmake_parse_arguments(ARG "HOT" "" "SOURCES;LINKS;ALONE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON UNITY_BUILD ${AIVA_UNITY} UNITY_BUILD_BATCH_SIZE 8)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_link_libraries(${name} PUBLIC aiva_flags ${ARG_LINKS})
  if(NOT ARG_HOT)
    aiva_compile_soon(${name})
  endif()
endfunction()

function(aiva_program name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON UNITY_BUILD ${AIVA_UNITY} UNITY_BUILD_BATCH_SIZE 8)
  target_link_libraries(${name} PRIVATE aiva_flags ${ARG_LINKS})
  aiva_compile_soon(${name})
endfunction()

# What tests begin with is read once, and not by each of them: it is two thirds of what a test costs to compile. GCC
# refuses headers read with another definition of what they ask for; packages and Qt add some that change nothing here.
set(aiva_even_definitions -pthread -U_LARGEFILE64_SOURCE -UQT_TESTCASE_BUILDDIR -UQT_TESTCASE_SOURCEDIR)
function(aiva_share_headers name links)
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  target_compile_options(${name} PRIVATE ${aiva_even_definitions})
  if(links MATCHES "aiva_(ui|desk_story|desk_app)")
    target_precompile_headers(${name} REUSE_FROM aiva_test_window_headers)
  elseif(NOT links MATCHES "Qt6::Gui")
    target_precompile_headers(${name} REUSE_FROM aiva_test_headers)
  endif()
endfunction()

function(aiva_test name)
  cmake_parse_arguments(ARG "" "TIMEOUT" "SOURCES;LINKS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_link_libraries(${name} PRIVATE aiva_flags aiva_test_support Qt6::Test Qt6::Network ${ARG_LINKS})
  aiva_compile_soon(${name})
  aiva_share_headers(${name} "${ARG_LINKS}")
  if(ARG_SOURCES MATCHES "[.]h(;|$)")
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  else() # AUTOMOC starts a program of its own and compiles a source more, which is a third of the time of a small test
    list(GET ARG_SOURCES 0 source)
    get_filename_component(moc ${source} NAME_WLE)
    set(moc "${CMAKE_CURRENT_BINARY_DIR}/${name}_moc/${moc}.moc")
    qt_generate_moc(${source} ${moc} TARGET ${name})
    target_sources(${name} PRIVATE ${moc})
    target_include_directories(${name} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${name}_moc")
  endif()
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 240) # of a slow machine: machines differ by three
  endif()
  set(environment "QT_QPA_PLATFORM=offscreen;TZ=UTC;LC_ALL=C.UTF-8;AIVA_BIN_DIR=${CMAKE_BINARY_DIR}/bin;AIVA_SOURCE_DIR=${CMAKE_SOURCE_DIR}")
  if("flow" IN_LIST ARG_LABELS) # whole desks with their threads, up to the end of the program; see the file
    list(APPEND environment "LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/openssl.supp:print_suppressions=0")
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}"
    SKIP_REGULAR_EXPRESSION "(^|\n)aiva-skip:;initTestCase\\(\\) aiva-skip:"
    ENVIRONMENT "${environment}")
endfunction()
