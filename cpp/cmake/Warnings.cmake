# Strict warnings for one of the project's own targets; dependencies are SYSTEM and stay silent.
function(wagefit_set_warnings target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /W4 $<$<BOOL:${WAGEFIT_WARNINGS_AS_ERRORS}>:/WX>)
  else()
    target_compile_options(${target} PRIVATE -Wall -Wextra -Wconversion -Wshadow
      $<$<BOOL:${WAGEFIT_WARNINGS_AS_ERRORS}>:-Werror>)
  endif()
endfunction()

# No fused multiply-add behind the source's back: results are the same on every machine, and the error-compensated sums
# of the normal distribution mean what they say.
function(wagefit_set_floating_point target)
  if(MSVC)
    target_compile_options(${target} PRIVATE /fp:precise)
  else()
    target_compile_options(${target} PRIVATE -ffp-contract=off)
  endif()
endfunction()
