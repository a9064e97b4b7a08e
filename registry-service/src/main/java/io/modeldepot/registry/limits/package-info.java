/**
 * How much one caller may ask for. A program that has gone wild, or somebody who knows no token,
 * gets 429 and the others their answers.
 */
@NullMarked
package io.modeldepot.registry.limits;

import org.jspecify.annotations.NullMarked;
