/**
 * What goes, what stays, and why. In order: {@link io.modeldepot.janitor.cleanup.Cleaning} takes
 * one complete {@link io.modeldepot.janitor.cleanup.Picture}; {@link
 * io.modeldepot.janitor.cleanup.Planner} makes a {@link io.modeldepot.janitor.cleanup.Plan} of it,
 * and is pure; {@link io.modeldepot.janitor.cleanup.PlanBook} keeps it; {@link
 * io.modeldepot.janitor.cleanup.Applier} carries it out, looking at each thing once more under its
 * claim right before it goes. A dry run ends with the plan. The joins are in {@link
 * io.modeldepot.janitor.cleanup.Uses}: every owner's references are put together before anything is
 * judged, and who adds an owner adds it there.
 */
@NullMarked
package io.modeldepot.janitor.cleanup;

import org.jspecify.annotations.NullMarked;
