/**
 * Who does the work. {@link io.modeldepot.janitor.crew.Crew} starts and stops everything. Every
 * second it looks whether the volume is here and whether this process is the one janitor that works
 * on it: that is whoever holds the claim {@code .depot/janitor/claim}; others stand by. {@link
 * io.modeldepot.janitor.crew.LaneRun} is one lane: it takes the oldest job that is not over, lets
 * its worker work, and writes down how it ended. Called by intake, which says that there is
 * something new.
 */
@NullMarked
package io.modeldepot.janitor.crew;

import org.jspecify.annotations.NullMarked;
