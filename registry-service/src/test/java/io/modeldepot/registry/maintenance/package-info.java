/** What the janitors are asked for, over REST and by hand. */
@NullMarked
package io.modeldepot.registry.maintenance;

import org.jspecify.annotations.NullMarked;
