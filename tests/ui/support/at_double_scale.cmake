# Runs a test of the desk a second time as on a 200 % screen.
function(aiva_at_double_scale test)
  aiva_test_command(${test} command)
  add_test(NAME ${test}_200 COMMAND ${command})
  get_test_property(${test} ENVIRONMENT environment)
  set_tests_properties(${test}_200 PROPERTIES TIMEOUT 240 ENVIRONMENT "${environment};QT_SCALE_FACTOR=2")
endfunction()
