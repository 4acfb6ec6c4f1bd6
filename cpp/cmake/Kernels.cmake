# Kernels, src/<room>/kernels/*.cpp, are compiled once for each instruction set and chosen when they run. Math errors in
# errno and floating-point traps, which nobody reads, would keep their loops scalar; neither flag changes a result.
file(GLOB wagefit_kernels CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/src/*/kernels/*.cpp)
function(wagefit_add_kernels set)
  add_library(wagefit_kernels_${set} OBJECT ${wagefit_kernels})
  target_compile_features(wagefit_kernels_${set} PRIVATE cxx_std_20)
  target_compile_definitions(wagefit_kernels_${set} PRIVATE WAGEFIT_INSTRUCTION_SET=${set})
  target_include_directories(wagefit_kernels_${set} PRIVATE
    ${CMAKE_CURRENT_SOURCE_DIR}/include ${CMAKE_CURRENT_SOURCE_DIR}/src)
  set_target_properties(wagefit_kernels_${set} PROPERTIES
    CXX_EXTENSIONS OFF CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON POSITION_INDEPENDENT_CODE ON)
  wagefit_unite(wagefit_kernels_${set} ${wagefit_kernels})
  wagefit_set_warnings(wagefit_kernels_${set})
  wagefit_set_floating_point(wagefit_kernels_${set})
  if(NOT MSVC)
    target_compile_options(wagefit_kernels_${set} PRIVATE -fno-math-errno -fno-trapping-math -Wno-psabi ${ARGN})
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC does not know the number of a table's knots and thinks that loops over them leave lanes unset or run too far.
    target_compile_options(wagefit_kernels_${set} PRIVATE -Wno-maybe-uninitialized -Wno-stringop-overflow)
  endif()
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13.3)
    # GCC bug 110027: frames that AddressSanitizer keeps against use after return lack the alignment of lanes.
    target_compile_options(wagefit_kernels_${set} PRIVATE --param=asan-use-after-return=0)
  endif()
  target_sources(wagefit PRIVATE $<TARGET_OBJECTS:wagefit_kernels_${set}>)
endfunction()

if(NOT MSVC)
  # Loops over a table's 17 knots are short, and the compiler does not know their length.
  set_source_files_properties(src/distributions/kernels/row_summaries.cpp src/fitting/kernels/smooth_path.cpp
    PROPERTIES COMPILE_OPTIONS -funroll-loops)
endif()
wagefit_add_kernels(baseline)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$" AND CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
  wagefit_add_kernels(avx2 -mavx2 -mfma)
  wagefit_add_kernels(avx512 -mfma -mavx512f -mavx512dq -mavx512vl -mprefer-vector-width=512)
  target_compile_definitions(wagefit PRIVATE WAGEFIT_X86_KERNELS)
endif()
