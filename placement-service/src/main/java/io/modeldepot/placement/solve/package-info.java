/**
 * Decides which replica goes where.
 *
 * <p>In order: {@code Problem} puts fleet, demands and what runs now into numbers; {@code Prices}
 * finds a price for the memory of every class of GPUs, which proves that no plan serves more than a
 * bound; {@code PricedStart} packs what the prices favour, or keeps what runs; {@code
 * EjectionSearch} improves that by putting a model in, others out or smaller, and these in again
 * elsewhere, accepted or refused as one; {@code ExactSearch} finishes small cases with a proof;
 * {@code Polish} lowers the soft costs without serving less. {@code State} is a plan under work: no
 * step ever leaves it oversold. {@code Solver} is the door. No clock, no thread, no library; one
 * seed and one number of steps give one plan.
 */
@NullMarked
package io.modeldepot.placement.solve;

import org.jspecify.annotations.NullMarked;
