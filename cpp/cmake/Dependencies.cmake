# Used by the build and, installed, by wagefitConfig.cmake. Eigen and Boost.Math come from the system, from a package
# manager, or from the PyPI packages cmeel-eigen and boost-headers when CMAKE_PREFIX_PATH holds their site-packages.
find_package(Threads REQUIRED)

# A version range such as 3.4...<6 rejects Eigen 3.4.0, whose version file compares the majors of the upper end.
set(wagefit_eigen_places CONFIG PATH_SUFFIXES cmeel.prefix/share/eigen3/cmake)
find_package(Eigen3 3.4 ${wagefit_eigen_places} QUIET)
if(NOT Eigen3_FOUND)
  find_package(Eigen3 5 ${wagefit_eigen_places} REQUIRED)
endif()

if(NOT TARGET wagefit::boost_math)
  cmake_path(CONVERT "$ENV{CMAKE_PREFIX_PATH}" TO_CMAKE_PATH_LIST wagefit_prefixes)
  set(wagefit_boost_hints)
  foreach(prefix IN LISTS CMAKE_PREFIX_PATH wagefit_prefixes)
    list(APPEND wagefit_boost_hints "${prefix}/boost_headers" "${prefix}/cmeel.prefix")
  endforeach()
  find_path(WAGEFIT_BOOST_INCLUDE_DIR boost/math/special_functions/erf.hpp
    HINTS ${wagefit_boost_hints} PATH_SUFFIXES include
    DOC "Folder that holds boost/math" REQUIRED)
  add_library(wagefit::boost_math INTERFACE IMPORTED)
  target_include_directories(wagefit::boost_math SYSTEM INTERFACE "${WAGEFIT_BOOST_INCLUDE_DIR}")
endif()
