package io.modeldepot.registry.spread;

/**
 * A location that lives.
 *
 * @param name its name
 * @param roomBytes how much of models may be assigned to it; also its weight
 */
record Place(String name, long roomBytes) {}
