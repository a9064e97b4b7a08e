/**
 * Takes content away that nothing needs, and keeps safe what stays.
 *
 * <p>The rooms in the order of the work: {@code intake} turns commands into jobs on the volume,
 * {@code job} says what a job is and keeps its journal, {@code crew} lets the workers work on them,
 * {@code announce} tells how jobs are. Every other room is the work itself. What changes the volume
 * is in model-store: the janitor decides and drives.
 */
@NullMarked
package io.modeldepot.janitor;

import org.jspecify.annotations.NullMarked;
