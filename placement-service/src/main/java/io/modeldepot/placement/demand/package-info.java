/**
 * What is asked for, and everything that would do.
 *
 * <p>A {@code Demand} is one model with its shape, where its files are and what the catalog wants
 * of it. {@code Options} lists the ways of serving it that the demand allows: fewer users, a
 * shorter context, another variant, more shards; each with the value it serves. Nothing here knows
 * which GPUs are free.
 */
@NullMarked
package io.modeldepot.placement.demand;

import org.jspecify.annotations.NullMarked;
