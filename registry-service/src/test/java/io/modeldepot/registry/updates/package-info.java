/** What follows its hub, and what waits. */
@NullMarked
package io.modeldepot.registry.updates;

import org.jspecify.annotations.NullMarked;
