# Reading Eigen, Boost.Math and Catch2 is most of the work of compiling a small source file: with the option, a
# target's files read them once together. Without it, as in the preset dev, a file must include what it uses.
function(wagefit_precompile target)
  if(WAGEFIT_PRECOMPILE_HEADERS)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
