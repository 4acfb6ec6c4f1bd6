# What the core needs to be compiled for a browser. Included before the library's targets are made.
if(NOT EMSCRIPTEN)
  message(FATAL_ERROR "WAGEFIT_BUILD_BROWSER needs Emscripten's compiler: emcmake cmake --preset browser")
endif()

# The engine fits one cell and draws from what its facts leave open; no other room is needed.
list(FILTER wagefit_sources EXCLUDE REGEX "/src/(ensemble/|estimation/|factors/|careers/|wagefit\\.cpp$)")

# Exceptions of the machine itself: those made of calls of JavaScript cost each function that might throw.
add_compile_options(-fwasm-exceptions -include ${CMAKE_CURRENT_LIST_DIR}/missing_library.hpp)
add_link_options(-fwasm-exceptions)

# Eigen adds up in the order of the registers that it finds, of SSE2 as a rule, and divides products by how many there
# are, 16 with 64 bits and 8 with 32. With the same registers in the browser, which has as many as it likes, figures
# have the bits that they have on an ordinary processor.
add_compile_options(-msimd128 -msse2 -DEIGEN_ARCH_DEFAULT_NUMBER_OF_REGISTERS=16)
