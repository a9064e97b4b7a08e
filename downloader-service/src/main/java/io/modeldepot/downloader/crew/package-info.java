/**
 * Who does the work. Every second {@link io.modeldepot.downloader.crew.JobBoard} looks whether the
 * volume is here and which jobs are free or abandoned, takes as many as there are slots, and
 * watches the claims of others. {@link io.modeldepot.downloader.crew.JobRun} is one job in our
 * hands: it lets the stage of the job's state work, asks the machine what follows, and does the
 * effects in order. {@link io.modeldepot.downloader.crew.Crew} starts and stops everything; when it
 * stops, jobs are given back where they are. Called by intake, which says that there is something
 * new.
 */
@NullMarked
package io.modeldepot.downloader.crew;

import org.jspecify.annotations.NullMarked;
