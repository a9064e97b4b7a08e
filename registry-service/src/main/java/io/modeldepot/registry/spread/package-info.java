/**
 * Which locations a model belongs to, and that it gets there. {@code Assignment} is the pure
 * decision: weighted rendezvous hashing with capacity. {@code SpreadKeeper} writes it into the
 * catalog's entries, and asks for copies where one is missing. Decides nothing before every state
 * topic is read, and nothing while no location lives.
 */
@NullMarked
package io.modeldepot.registry.spread;

import org.jspecify.annotations.NullMarked;
