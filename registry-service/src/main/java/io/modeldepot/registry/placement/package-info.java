/**
 * The way to the placement service, which has no door of its own: GPUs, decisions, fit and plans
 * are asked for here and answered there. Nothing is kept; that a plan is to be applied is an audit
 * entry and a command together.
 */
@NullMarked
package io.modeldepot.registry.placement;

import org.jspecify.annotations.NullMarked;
