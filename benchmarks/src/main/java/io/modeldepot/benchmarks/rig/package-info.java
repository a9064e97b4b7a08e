/**
 * What is measured with. A hub is made on disk and served by the mirror; a depot is started as
 * {@code make up} starts it; the kernel's own accounting says what a process used. Knows nothing of
 * what is compared with what.
 */
@NullMarked
package io.modeldepot.benchmarks.rig;

import org.jspecify.annotations.NullMarked;
