# aiva_test(name SOURCES a.cpp … LINKS … [LABELS …] [TIMEOUT s] [NEEDS programs…] [ALONE])
#                                  one Qt Test, run offscreen by ctest once what it NEEDS is built. Its first source holds
#                                  the test; SOURCES with a header have their meta objects looked for in all of them.
# aiva_test_command(name out)      what runs it.
#
# With AIVA_UNITY the tests of a folder become one program, which is told the test's name: two thirds of what a test costs
# to compile are the headers it begins with, and each would be linked by itself. Each test is put into a namespace of
# its name, and so is its main() (write_test_bundle.cmake). ALONE keeps one to itself: it starts its own program
# again, or says something that holds for the whole of it.
function(aiva_test name)
  cmake_parse_arguments(ARG "ALONE" "TIMEOUT" "SOURCES;LINKS;LABELS;NEEDS" ${ARGN})
  if(AIVA_UNITY AND NOT ARG_ALONE AND NOT ARG_SOURCES MATCHES "[.]h(;|$)")
    aiva_bundle_test(${name} "${ARG_SOURCES}" "${ARG_LINKS}")
    set(program ${bundle})
    set(command ${bundle} ${name})
  else()
    aiva_test_program(${name} "${ARG_SOURCES}" "${ARG_LINKS}")
    if(ARG_SOURCES MATCHES "[.]h(;|$)")
      set_target_properties(${name} PROPERTIES AUTOMOC ON)
    else()
      list(GET ARG_SOURCES 0 source)
      aiva_test_moc(${name} ${source})
    endif()
    set(program ${name})
    set(command ${name})
  endif()
  if(ARG_NEEDS AND program STREQUAL name)
    add_dependencies(${program} ${ARG_NEEDS})
  elseif(ARG_NEEDS)
    set_property(DIRECTORY APPEND PROPERTY aiva_bundled_needs ${ARG_NEEDS})
  endif()

  add_test(NAME ${name} COMMAND ${command})
  set_property(GLOBAL PROPERTY aiva_command_of_${name} ${command})
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

function(aiva_test_command name out)
  get_property(command GLOBAL PROPERTY aiva_command_of_${name})
  set(${out} ${command} PARENT_SCOPE)
endfunction()

function(aiva_test_program name sources links)
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES AUTOMOC OFF RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_link_libraries(${name} PRIVATE aiva_flags aiva_test_support Qt6::Test Qt6::Network ${links})
  aiva_compile_soon(${name})
endfunction()

# AUTOMOC would start a program of its own and compile a source more, a third of the time of a small test.
function(aiva_test_moc program source)
  get_filename_component(moc ${source} NAME_WLE)
  set(moc "${CMAKE_CURRENT_BINARY_DIR}/${program}_moc/${moc}.moc")
  qt_generate_moc(${source} ${moc} TARGET ${program})
  target_sources(${program} PRIVATE ${moc})
  target_include_directories(${program} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${program}_moc")
endfunction()

# Notes the test for the program of its folder, `bundle`, which is made once the folder is read to its end.
function(aiva_bundle_test name sources links)
  cmake_path(RELATIVE_PATH CMAKE_CURRENT_SOURCE_DIR BASE_DIRECTORY "${CMAKE_SOURCE_DIR}/tests" OUTPUT_VARIABLE folder)
  string(REPLACE "/" "_" folder "${folder}")
  set(bundle tests_of_${folder})
  set(bundle ${bundle} PARENT_SCOPE)
  get_property(sofar DIRECTORY PROPERTY aiva_bundled_tests)
  if(NOT sofar)
    cmake_language(EVAL CODE "cmake_language(DEFER CALL aiva_make_test_bundle ${bundle})")
  endif()
  list(POP_FRONT sources source)
  set_property(DIRECTORY APPEND PROPERTY aiva_bundled_tests ${name})
  set_property(DIRECTORY APPEND PROPERTY aiva_bundled_sources ${source})
  set_property(DIRECTORY APPEND PROPERTY aiva_bundled_helpers ${sources})
  set_property(DIRECTORY APPEND PROPERTY aiva_bundled_links ${links})
endfunction()

function(aiva_make_test_bundle program)
  foreach(list tests sources helpers links needs)
    get_property(${list} DIRECTORY PROPERTY aiva_bundled_${list})
  endforeach()
  list(REMOVE_DUPLICATES helpers)
  list(REMOVE_DUPLICATES links)
  aiva_test_program(${program} "${helpers}" "${links}")
  if(needs)
    list(REMOVE_DUPLICATES needs)
    add_dependencies(${program} ${needs})
  endif()

  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU") # a class with a member of a file's own type is fine: no header holds it
    target_compile_options(${program} PRIVATE -Wno-subobject-linkage)
  endif()

  set(folder "${CMAKE_CURRENT_BINARY_DIR}/${program}_sources")
  set(declared "")
  set(listed "")
  foreach(test source IN ZIP_LISTS tests sources)
    aiva_test_moc(${program} ${source})
    string(APPEND declared "namespace ${test} { int main(int, char**); }\n")
    string(APPEND listed "  {\"${test}\", ${test}::main},\n")
  endforeach()
  configure_file("${CMAKE_SOURCE_DIR}/cmake/test_bundle.cpp.in" "${folder}/main.cpp" @ONLY)
  target_sources(${program} PRIVATE "${folder}/main.cpp")

  set(at_once 8) # tests in a translation unit
  set(part 0)
  list(TRANSFORM sources PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  while(sources)
    list(SUBLIST tests 0 ${at_once} these)
    list(SUBLIST sources 0 ${at_once} files)
    list(REMOVE_ITEM tests ${these})
    list(REMOVE_ITEM sources ${files})
    math(EXPR part "${part} + 1")
    set(written "${folder}/part_${part}.cpp")
    string(REPLACE ";" "|" these "${these}")
    string(REPLACE ";" "|" paths "${files}")
    add_custom_command(OUTPUT "${written}"
      COMMAND ${CMAKE_COMMAND} "-DWRITTEN=${written}" "-DTESTS=${these}" "-DSOURCES=${paths}"
              -P "${CMAKE_SOURCE_DIR}/cmake/write_test_bundle.cmake"
      DEPENDS ${files} "${CMAKE_SOURCE_DIR}/cmake/write_test_bundle.cmake"
      COMMENT "Writing ${program} ${part}" VERBATIM)
    target_sources(${program} PRIVATE "${written}")
  endwhile()
endfunction()
