/**
 * What a download job is and what can happen to it. {@link
 * io.modeldepot.downloader.job.JobMachine#next} decides: a pure function from a state and an event
 * to a state and effects. {@link io.modeldepot.downloader.job.Job} carries what every state needs,
 * and {@link io.modeldepot.downloader.job.JobJournal} is its form on the volume; a job read from
 * there goes on through the same function. Nothing here reads a clock, a file or the network.
 * Called by intake and by the crew that does the work.
 */
@NullMarked
package io.modeldepot.downloader.job;

import org.jspecify.annotations.NullMarked;
