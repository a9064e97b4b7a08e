/**
 * When models were last used: {@link io.modeldepot.registry.use.Uses} takes what {@code model-used}
 * tells of mirrors' readers and of leases. The list of models shows it. What a running placement
 * uses is told by placement, not here.
 */
@NullMarked
package io.modeldepot.registry.use;

import org.jspecify.annotations.NullMarked;
