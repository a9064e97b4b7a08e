/**
 * What a plan must not break, and what it should avoid.
 *
 * <p>One class a rule, each with a name and a sentence for people. A {@code HardRule} names every
 * violation; a {@code SoftRule} counts what a plan costs. They look at values only and share
 * nothing with who decides, so that they can check it: no plan leaves the service before {@code
 * Rules} has found nothing.
 */
@NullMarked
package io.modeldepot.placement.rules;

import org.jspecify.annotations.NullMarked;
