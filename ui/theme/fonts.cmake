# Embeds the three font families into the desk. All are SIL OFL 1.1.
#   Inter           npm @expo-google-fonts/inter (or AIVA_INTER_DIR); Debian's fonts-inter otherwise
#   JetBrains Mono  Debian's fonts-jetbrains-mono (or AIVA_FONT_DIRS)
#   Geist Mono      npm geist (or AIVA_GEIST_DIR); JetBrains Mono stands in otherwise
# Inter as TrueType rather than Debian's OpenType/CFF: Qt's FreeType engine thickens CFF stems, and white text on black
# then looks a weight too bold.
set(AIVA_FONT_DIRS "" CACHE STRING "Extra folders to look for Inter-*.otf and JetBrainsMono-*.ttf in")
set(AIVA_INTER_DIR "" CACHE PATH "Folder holding Inter_400Regular.ttf and its siblings (else npm pack)")
set(AIVA_GEIST_DIR "" CACHE PATH "Folder holding GeistMono-Regular.ttf and its siblings (else npm pack)")
find_program(AIVA_NPM npm)

# Files of one npm package, flat in a folder of the build tree that keeps them for the next configure; `out` is empty
# when they are not to be had.
function(aiva_fetch_fonts out given name version)
  set(${out} "" PARENT_SCOPE)
  if(given)
    set(${out} "${given}" PARENT_SCOPE)
    return()
  endif()
  string(MAKE_C_IDENTIFIER "${name}-${version}" id)
  set(folder "${CMAKE_BINARY_DIR}/fonts/${id}")
  list(GET ARGN 0 first)
  get_filename_component(first "${first}" NAME)
  if(NOT EXISTS "${folder}/${first}")
    if(NOT AIVA_NPM)
      return()
    endif()
    file(MAKE_DIRECTORY "${folder}")
    message(STATUS "Fetching the fonts of ${name}@${version}")
    execute_process(COMMAND ${AIVA_NPM} pack --silent ${name}@${version} WORKING_DIRECTORY "${folder}"
                    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET TIMEOUT 120)
    file(GLOB archive "${folder}/*.tgz")
    if(failed OR NOT archive)
      return()
    endif()
    list(TRANSFORM ARGN PREPEND package/ OUTPUT_VARIABLE members)
    execute_process(COMMAND ${CMAKE_COMMAND} -E tar xzf "${archive}" -- ${members} WORKING_DIRECTORY "${folder}"
                    RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
    if(failed)
      return()
    endif()
    list(REVERSE members) # the first is moved last: it marks the folder as whole
    foreach(member ${members})
      get_filename_component(file "${member}" NAME)
      file(RENAME "${folder}/${member}" "${folder}/${file}")
    endforeach()
    file(REMOVE_RECURSE "${folder}/package" "${archive}")
  endif()
  set(${out} "${folder}" PARENT_SCOPE)
endfunction()

set(aiva_font_files "")
function(aiva_find_font file)
  unset(found)
  find_file(found ${file} NO_CACHE
    HINTS ${AIVA_FONT_DIRS} /usr/share/fonts/opentype/inter /usr/share/fonts/truetype/jetbrains-mono
          /usr/share/fonts/inter /usr/share/fonts/rsms-inter-fonts /usr/share/fonts/jetbrains-mono-fonts /usr/share/fonts/TTF)
  if(found)
    set(aiva_font_files ${aiva_font_files} ${found} PARENT_SCOPE)
  else()
    message(WARNING "${file} not found: the desk will use whatever the system offers. Install fonts-inter and "
                    "fonts-jetbrains-mono, or set AIVA_FONT_DIRS.")
  endif()
endfunction()

aiva_fetch_fonts(aiva_inter "${AIVA_INTER_DIR}" @expo-google-fonts/inter 0.4.2
  400Regular/Inter_400Regular.ttf 500Medium/Inter_500Medium.ttf 600SemiBold/Inter_600SemiBold.ttf
  400Regular_Italic/Inter_400Regular_Italic.ttf LICENSE_FONT)
if(aiva_inter)
  foreach(face 400Regular 500Medium 600SemiBold 400Regular_Italic)
    list(APPEND aiva_font_files "${aiva_inter}/Inter_${face}.ttf")
  endforeach()
else()
  message(WARNING "Inter is not available as TrueType (no npm, no network): text uses Debian's fonts-inter and looks a "
                  "little bolder. Set AIVA_INTER_DIR to embed it.")
  foreach(weight Regular Medium SemiBold Italic)
    aiva_find_font(Inter-${weight}.otf)
  endforeach()
endif()
foreach(weight Regular Medium)
  aiva_find_font(JetBrainsMono-${weight}.ttf)
endforeach()

aiva_fetch_fonts(aiva_geist "${AIVA_GEIST_DIR}" geist 1.7.2
  dist/fonts/geist-mono/GeistMono-Regular.ttf dist/fonts/geist-mono/GeistMono-Medium.ttf LICENSE.txt)
if(aiva_geist)
  list(APPEND aiva_font_files "${aiva_geist}/GeistMono-Regular.ttf" "${aiva_geist}/GeistMono-Medium.ttf")
else()
  message(WARNING "Geist Mono is not available (no npm, no network): line items use JetBrains Mono. Set AIVA_GEIST_DIR "
                  "to embed it.")
endif()

foreach(file ${aiva_font_files})
  get_filename_component(name "${file}" NAME)
  set_source_files_properties("${file}" PROPERTIES QT_RESOURCE_ALIAS "${name}")
endforeach()
foreach(name desk.qss check.svg chevron.svg)
  set_source_files_properties("${CMAKE_SOURCE_DIR}/resources/style/${name}" PROPERTIES QT_RESOURCE_ALIAS ${name})
endforeach()

# Source properties are seen only in this folder, so the resources are collected here into their own library.
add_library(aiva_theme_resources STATIC)
set_target_properties(aiva_theme_resources PROPERTIES LINKER_LANGUAGE CXX)
target_link_libraries(aiva_theme_resources PUBLIC Qt6::Core)
set(aiva_big "")
if(UNIX AND NOT APPLE)
  set(aiva_big BIG_RESOURCES)
endif()
qt_add_resources(aiva_theme_resources aiva_fonts PREFIX /fonts ${aiva_big} FILES ${aiva_font_files})
qt_add_resources(aiva_theme_resources aiva_style PREFIX /style FILES
  "${CMAKE_SOURCE_DIR}/resources/style/desk.qss" "${CMAKE_SOURCE_DIR}/resources/style/check.svg" "${CMAKE_SOURCE_DIR}/resources/style/chevron.svg")
target_link_libraries(aiva_ui PUBLIC aiva_theme_resources)
