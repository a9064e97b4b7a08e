/**
 * What the janitor tells the world. {@link io.modeldepot.janitor.announce.JobTeller} tells how jobs
 * are, at most once a second each, and how they ended, until the broker has it. Nothing here
 * changes anything, and no record names a credential.
 */
@NullMarked
package io.modeldepot.janitor.announce;

import org.jspecify.annotations.NullMarked;
