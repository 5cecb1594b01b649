# aiva_library(name [HOT] SOURCES … LINKS a b … [ALONE …])   a static library of one folder. With AIVA_UNITY its sources are
#                                  compiled by eights, which needs names that differ within a library; those named after
#                                  ALONE keep to themselves (a class with a member of a file's own type must). HOT says
#                                  that it computes much: with AIVA_SANITIZE the others are not optimised, for the
#                                  sanitisers cost almost half less to compile so and only what computes has to be quick.
# aiva_program(name LINKS …)       an executable.
# Tests: cmake/tests.cmake.
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
