/**
 * Sites made at random from a seed, and a checker that shares nothing with who plans for them.
 *
 * <p>{@code RandomSite} draws GPUs ({@code RandomFleet}) and demands ({@code RandomDemands}).
 * {@code IndependentChecker} finds what is wrong with a plan, with the memory by {@code TrueBytes}
 * and what runs by {@code StandingStill}. {@code Damage} spoils plans in every way that it must
 * find.
 */
@NullMarked
package io.modeldepot.placement.random;

import org.jspecify.annotations.NullMarked;
