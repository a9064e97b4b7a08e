/**
 * What a depot of an earlier released state had written when it was stopped: the rows of its
 * database, the records of its topics, every file of its volume and of the volume that its hub was.
 * It was recorded from real processes, see docs/upgrade.md; nothing in it is ever edited. Tests put
 * it where today's code finds it.
 */
@NullMarked
package io.modeldepot.testkit.released;

import org.jspecify.annotations.NullMarked;
