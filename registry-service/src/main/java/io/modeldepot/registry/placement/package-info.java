/**
 * The way to the placement service, which has no door of its own: GPUs, decisions, fit and plans
 * are asked for here and answered there. Nothing is kept; a plan that is applied is noted in the
 * audit trail.
 */
@NullMarked
package io.modeldepot.registry.placement;

import org.jspecify.annotations.NullMarked;
