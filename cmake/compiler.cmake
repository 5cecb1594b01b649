# One INTERFACE target, aiva_flags, carries every flag; each target of ours links it (cmake/targets.cmake).
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(AIVA_CCACHE ccache)
if(AIVA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # The cache is shared between checkouts: paths relative, directory not hashed; and what is new is read once, by the
  # compiler alone (CCACHE_DEPEND). The sloppiness is what precompiled headers need to be cached at all.
  find_program(AIVA_ENV env) # lighter than cmake -E env, which costs a tenth of a second a source
  if(AIVA_ENV)
    set(set_environment ${AIVA_ENV})
  else()
    set(set_environment ${CMAKE_COMMAND} -E env)
  endif()
  set(CMAKE_CXX_COMPILER_LAUNCHER ${set_environment} CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_DEPEND=1 CCACHE_SLOPPINESS=pch_defines,time_macros ${AIVA_CCACHE})
endif()
find_program(AIVA_MOLD mold)

add_library(aiva_flags INTERFACE)
target_include_directories(aiva_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(aiva_flags INTERFACE
  QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS QT_NO_FOREACH
  QT_NO_URL_CAST_FROM_STRING QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS
  AIVA_VERSION="${PROJECT_VERSION}")
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  target_compile_options(aiva_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    -Wimplicit-fallthrough -Wformat=2 -fstack-protector-strong)
  if(AIVA_WERROR)
    target_compile_options(aiva_flags INTERFACE -Werror)
  endif()
  if(AIVA_SANITIZE)
    # Checks that double the size of every member access, and with it the time to compile, stay out: a null or dead
    # object is AddressSanitizer's to find.
    target_compile_options(aiva_flags INTERFACE -fsanitize=address,undefined -fno-sanitize=null,alignment,vptr,object-size
      -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
    target_link_options(aiva_flags INTERFACE -fsanitize=address,undefined)
  endif()
  if(AIVA_FUZZ)
    target_compile_options(aiva_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize=vptr,function)
    target_link_options(aiva_flags INTERFACE -fsanitize=address,undefined)
  endif()
  if(CMAKE_BUILD_TYPE MATCHES "Release|RelWithDebInfo" AND NOT AIVA_SANITIZE)
    target_compile_definitions(aiva_flags INTERFACE _FORTIFY_SOURCE=2)
  endif()
  if(AIVA_MOLD AND UNIX AND NOT APPLE)
    target_link_options(aiva_flags INTERFACE -fuse-ld=mold)
  endif()
  if(UNIX AND NOT APPLE)
    target_link_options(aiva_flags INTERFACE -Wl,-z,relro,-z,now)
  endif()
elseif(MSVC)
  target_compile_options(aiva_flags INTERFACE /W4 /permissive- /utf-8)
  if(AIVA_WERROR)
    target_compile_options(aiva_flags INTERFACE /WX)
  endif()
endif()
