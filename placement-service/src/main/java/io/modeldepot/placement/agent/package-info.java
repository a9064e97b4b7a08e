/**
 * What runs beside GPUs: asks {@code nvidia-smi} how they are and reports it, so that several hosts
 * make one site. Engines that are named here are asked for their metrics, and what they take is
 * reported with the GPUs. It decides nothing. A GPU that was there and answers no more is reported
 * as lost; a host that is silent for longer than its report lives is taken as lost by whoever
 * plans.
 */
@NullMarked
package io.modeldepot.placement.agent;

import org.jspecify.annotations.NullMarked;
