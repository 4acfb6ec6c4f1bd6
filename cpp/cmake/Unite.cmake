# Reading Eigen, Boost.Math and the standard library is most of the work of compiling a small source file. With the
# option, the sources of one folder are compiled as one; without it, as in the preset dev, a file must include what it
# uses. Sources with compile options of their own stay by themselves.
function(wagefit_unite target)
  if(NOT WAGEFIT_UNITE_SOURCES)
    return()
  endif()
  foreach(source IN LISTS ARGN)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(GET folder FILENAME room)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${room})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
