/**
 * Sites that are drawn from seed values, the same for the same value, to be planned for.
 *
 * <p>{@code DrawnSite} is overloaded; {@code PerfectPacking} is cut from a plan that is known to be
 * the best; {@code SiteKind} chooses between them; {@code Trouble} adds what operators wish.
 * Nothing here plans.
 */
@NullMarked
package io.modeldepot.benchmarks.drawn;

import org.jspecify.annotations.NullMarked;
