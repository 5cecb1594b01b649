# Every translation of the folder, compiled and embedded beside the fonts.
file(GLOB aiva_words_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/translations/*.ts")
set(aiva_words_folder "${CMAKE_CURRENT_BINARY_DIR}/words")
set_source_files_properties(${aiva_words_sources} PROPERTIES OUTPUT_LOCATION "${aiva_words_folder}")
qt_add_lrelease(aiva_theme_resources TS_FILES ${aiva_words_sources} QM_FILES_OUTPUT_VARIABLE aiva_words_files)
qt_add_resources(aiva_theme_resources aiva_words PREFIX /translations BASE "${aiva_words_folder}" FILES ${aiva_words_files})
