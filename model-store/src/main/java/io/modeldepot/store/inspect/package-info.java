/**
 * What the files of a model say, read and never executed: which weights count ({@link
 * io.modeldepot.store.inspect.WeightSet}), their headers, then config.json. Which files a pickle
 * reader would run is asked elsewhere. Everything read is treated as hostile: lengths are bounded
 * before memory is taken, offsets are checked against the file, a fault is a sentence that names
 * the file. Only {@link io.modeldepot.store.inspect.ModelInspector} is called from outside; a fault
 * never stops a download, it becomes a finding.
 */
@NullMarked
package io.modeldepot.store.inspect;

import org.jspecify.annotations.NullMarked;
