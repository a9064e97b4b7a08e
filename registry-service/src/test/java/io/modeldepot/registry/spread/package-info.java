/** Tests of how models are spread over locations. */
@NullMarked
package io.modeldepot.registry.spread;

import org.jspecify.annotations.NullMarked;
