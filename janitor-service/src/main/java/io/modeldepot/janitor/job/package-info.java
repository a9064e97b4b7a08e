/**
 * A job of the janitor: a command that was heard, and where its work is. {@link
 * io.modeldepot.janitor.job.JobBook} keeps the journals on the volume, below {@code
 * .depot/janitor/jobs}; what is in it survives a crash and is gone on with by the next process. A
 * job is accepted, runs, perhaps waits and runs again, and comes to one end that never changes.
 * Work that may run at the same time as other work has a {@link io.modeldepot.janitor.job.Lane} of
 * its own. Whoever can do a kind of work is a {@link io.modeldepot.janitor.job.Worker}: a bean that
 * this room knows nothing more about.
 */
@NullMarked
package io.modeldepot.janitor.job;

import org.jspecify.annotations.NullMarked;
