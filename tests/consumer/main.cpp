#include <iostream>
#include <wagefit/numerics/normal.hpp>
#include <wagefit/version.hpp>

int main() { std::cout << wagefit::version() << ' ' << wagefit::normal::quantile(0.5) << '\n'; }
