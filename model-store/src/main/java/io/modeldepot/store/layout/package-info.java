/**
 * The only place that knows a path of the volume, and the judge of names that come from outside.
 * {@link io.modeldepot.store.layout.Layout} turns names into paths; {@link
 * io.modeldepot.store.layout.FilePaths} says whether the file names of a repository may become
 * names on the volume. Nothing here touches the file system. Any room may call.
 */
@NullMarked
package io.modeldepot.store.layout;

import org.jspecify.annotations.NullMarked;
