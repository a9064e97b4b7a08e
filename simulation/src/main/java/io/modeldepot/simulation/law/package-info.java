/**
 * What must hold after every step and at rest, whoever crashed where. Each law says in a sentence
 * which one was broken.
 */
@NullMarked
package io.modeldepot.simulation.law;

import org.jspecify.annotations.NullMarked;
