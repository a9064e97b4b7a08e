/** A directory that is watched, with real files. */
@NullMarked
package io.modeldepot.registry.desired.folder;

import org.jspecify.annotations.NullMarked;
