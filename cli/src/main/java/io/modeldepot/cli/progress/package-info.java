/**
 * How a long download looks while it runs. A {@link io.modeldepot.cli.progress.Job} is one moment
 * of one job, as the registry or its event stream tells it; a {@link
 * io.modeldepot.cli.progress.ProgressView} shows a list of them: bars on a terminal, dated lines
 * without one, the records themselves for machines, or nothing. Views count nothing: every figure
 * comes from the job's own record, so a bar cannot run ahead of what is durably on disk.
 */
@NullMarked
package io.modeldepot.cli.progress;

import org.jspecify.annotations.NullMarked;
