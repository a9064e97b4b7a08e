/**
 * Decisions out: one record a model, only for what changed, all of a plan in one transaction.
 *
 * <p>{@code Decisions} turns a proposal into records, {@code PlanPublisher} publishes them under a
 * fixed transactional id, so that of two who believe to lead only the later one is heard.
 */
@NullMarked
package io.modeldepot.placement.announce;

import org.jspecify.annotations.NullMarked;
