package io.modeldepot.benchmarks.placement;

import io.modeldepot.benchmarks.drawn.SiteKind;
import java.util.OptionalLong;

/**
 * What one contestant made of one site.
 *
 * @param contestant who
 * @param kind of site
 * @param models so many
 * @param gpus so many
 * @param seed of the site
 * @param value what the plan serves
 * @param bound what no plan exceeds, by this contestant, if it says so
 * @param known what the best plan serves, where the site was made from it
 * @param seconds wall
 * @param cpuSeconds of the whole process
 * @param peakBytes that the process was resident with
 */
record Row(
    String contestant,
    SiteKind kind,
    int models,
    int gpus,
    long seed,
    long value,
    OptionalLong bound,
    OptionalLong known,
    double seconds,
    double cpuSeconds,
    long peakBytes) {}
