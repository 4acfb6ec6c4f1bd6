#include "fitting/cell.hpp"

#include "wagefit/numerics/normal.hpp"

namespace wagefit {

Cell make_cell(const Facts& facts, double size, const CellPrior& prior) {
    std::vector<double> z, wages;
    for (const QuantileFact& fact : facts.quantiles()) {
        z.push_back(normal::quantile(fact.p));
        wages.push_back(fact.value);
    }
    const Support support{facts.lower(), facts.upper()};
    return {prior.patterns.get(z, size, support), pin(wages, support), z, prior.parent};
}

}  // namespace wagefit
