/**
 * Plans that are not in force: what would be, and how that differs from what is.
 *
 * <p>A {@code Planner} makes a {@code Proposal} of a scenario: the plan, checked by every rule, its
 * differences and its reasons. {@code Fit} says how many users fit a GPU at which context. A plan
 * that goes into force is a proposal too; here nothing is put into force.
 */
@NullMarked
package io.modeldepot.placement.whatif;

import org.jspecify.annotations.NullMarked;
