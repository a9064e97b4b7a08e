/**
 * Why a model is where it is, why it is served less than it might be, or why it is nowhere; and
 * what would change that.
 *
 * <p>{@code Reasons} says it in words, {@code Changes} finds the smallest changes that would make
 * room: each is a value that can be applied to a scenario, so that a test can prove it right.
 * Nothing is decided here.
 */
@NullMarked
package io.modeldepot.placement.explain;

import org.jspecify.annotations.NullMarked;
