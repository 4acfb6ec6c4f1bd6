// The core compiled to WebAssembly (cpp/browser/engine.cpp), as objects.

/** What the engine asks of a system: no environment, no clock, and no end but by a fault. */
function system(memory) {
  const view = () => new DataView(memory().buffer);
  return {
    env: { emscripten_notify_memory_growth() {} },
    wasi_snapshot_preview1: {
      clock_time_get: () => 52, // "not supported"
      environ_get: () => 0,
      environ_sizes_get(count, bytes) {
        for (const at of [count, bytes]) view().setUint32(at, 0, true);
        return 0;
      },
      proc_exit(code) {
        throw new Error(`the engine has ended with ${code}`);
      },
    },
  };
}

/** A distribution of wages, which lives as long as its fit. */
export class Curve {
  constructor(core, at) {
    Object.assign(this, { core, at });
  }

  quantile(p) {
    return this.core.wagefit_quantile(this.at, p);
  }

  cdf(wage) {
    return this.core.wagefit_cdf(this.at, wage);
  }

  density(wage) {
    return this.core.wagefit_density(this.at, wage);
  }

  mean() {
    return this.core.wagefit_mean(this.at);
  }

  deviation() {
    return this.core.wagefit_standard_deviation(this.at);
  }

  gini() {
    return this.core.wagefit_gini(this.at);
  }

  /** Share of all pay of the lowest `p` of the people. */
  lorenz(p) {
    return this.core.wagefit_lorenz(this.at, p);
  }

  /** Share of all pay of the highest `fraction` of the people. */
  topShare(fraction) {
    return this.core.wagefit_top_share(this.at, fraction);
  }
}

/** Facts and the curve through them, which is null where there is none; `sentence` says why. */
export class Fit {
  constructor(engine, { quantiles = [], atLeast = [], mean = null, meanAtLeast = null }) {
    const { core } = engine, cell = core.wagefit_new_cell();
    for (const [p, wage] of quantiles) core.wagefit_add_quantile(cell, p, wage);
    for (const [p, wage] of atLeast) core.wagefit_add_bound(cell, p, wage);
    if (mean !== null) core.wagefit_set_mean(cell, mean);
    if (meanAtLeast !== null) core.wagefit_set_mean_bound(cell, meanAtLeast);
    const at = core.wagefit_fit(cell);
    Object.assign(this, { core, cell });
    this.curve = at === 0 ? null : new Curve(core, at);
    this.status = engine.text(core.wagefit_status(cell));
    this.sentence = engine.text(core.wagefit_sentence(cell));
    this.priorDistance = core.wagefit_prior_distance(cell);
    this.nBinding = core.wagefit_n_binding(cell);
  }

  /** `n` curves from what the facts leave open; equal keys, of two words of 64 bits in decimals, give equal draws. */
  draws(n, key) {
    this.core.wagefit_draw(this.cell, n, ...key.map(BigInt));
    return Array.from({ length: n }, (_, i) => new Curve(this.core, this.core.wagefit_drawn(this.cell, i)));
  }

  /** Ends the life of the facts and their curves. */
  release() {
    this.core.wagefit_delete_cell(this.cell);
  }
}

export class Engine {
  constructor(core) {
    this.core = core;
  }

  /** The engine of the bytes of engine.wasm. */
  static async start(bytes) {
    const { instance } = await WebAssembly.instantiate(bytes, system(() => instance.exports.memory));
    instance.exports._initialize();
    return new Engine(instance.exports);
  }

  fit(facts) {
    return new Fit(this, facts);
  }

  /** A text in the engine's memory, up to the zero at its end. */
  text(at) {
    const bytes = new Uint8Array(this.core.memory.buffer);
    return new TextDecoder().decode(bytes.slice(at, bytes.indexOf(0, at)));
  }
}
