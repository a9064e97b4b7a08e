/**
 * Which commit a name means, from what the volume says alone, so that it works with no hub in
 * reach. A commit means itself. {@code main} means the model's current version: whoever rolls a
 * model back rolls back every engine that follows {@code main}. Another name means the newest
 * version that was fetched under it.
 */
@NullMarked
package io.modeldepot.mirror.revision;

import org.jspecify.annotations.NullMarked;
