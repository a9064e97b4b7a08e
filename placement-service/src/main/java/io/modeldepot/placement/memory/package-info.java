/**
 * What a model needs of a GPU, in bytes.
 *
 * <p>In order: {@code ShapeReading} takes from a profile what memory depends on, or says what is
 * missing; {@code MemoryModel} turns shape, variant, users, context and tensor parallel into a
 * {@code Breakdown}, and backwards: into the users or the context that fit. The engine's share is
 * {@code EngineCosts}: documented constants, which {@code Calibrations} replaces where somebody has
 * measured. Whole numbers throughout, weights and overhead rounded up, so that a sum of these
 * figures never promises what is not there. Everybody may call; it calls nobody.
 */
@NullMarked
package io.modeldepot.placement.memory;

import org.jspecify.annotations.NullMarked;
