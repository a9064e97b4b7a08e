/**
 * The processes of a run and the world they live in. In order: a world is made from a seed, with
 * its locations, hub, registry and what will go wrong; downloaders and janitors start, the
 * product's classes behind simulated doors; an operator asks for things; the laws look at every
 * change; then nothing goes wrong any more, and at rest the laws look once more. What is written
 * down here again instead of being the product's: checking and the transfer ({@code Stages}), the
 * projection ({@code Registry}), how a janitor takes its commands ({@code JanitorServer}).
 */
@NullMarked
package io.modeldepot.simulation.service;

import org.jspecify.annotations.NullMarked;
