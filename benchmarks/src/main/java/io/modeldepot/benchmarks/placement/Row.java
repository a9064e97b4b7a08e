package io.modeldepot.benchmarks.placement;

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
 * @param bound what no plan exceeds, where that is known
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
    double seconds,
    double cpuSeconds,
    long peakBytes) {}
