/**
 * What the janitor asks of itself: by the clock and by how full the disk is. {@link
 * io.modeldepot.janitor.schedule.Rounds} looks every few seconds; what is due becomes a command on
 * its topic like anybody's, so that everybody sees it, under an id made of schedule, location and
 * tick, so that it is done once however many janitors look. A tick that was missed by more than an
 * hour is not made up for.
 */
@NullMarked
package io.modeldepot.janitor.schedule;

import org.jspecify.annotations.NullMarked;
