package io.modeldepot.placement.demand;

import io.modeldepot.placement.memory.Ask;

/**
 * A way of serving one replica.
 *
 * @param ask variant, users, context, shards
 * @param value what it serves, comparable over all models
 */
public record Option(Ask ask, long value) {}
