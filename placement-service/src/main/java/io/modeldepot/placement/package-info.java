/**
 * Which model goes on which GPUs, for how many users, and why.
 *
 * <p>The rooms in the order of the work: {@code memory} says what a model needs, {@code fleet} what
 * GPUs there are, {@code demand} what is asked for and what would do, {@code plan} what a decision
 * is, {@code rules} what no decision may break, {@code solve} decides, {@code explain} says why,
 * {@code whatif} compares, {@code engine} turns a decision into flags. Up to here nothing knows a
 * broker, a clock or a file.
 */
@NullMarked
package io.modeldepot.placement;

import org.jspecify.annotations.NullMarked;
