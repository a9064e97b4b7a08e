@NullMarked
package io.modeldepot.registry.tokens;

import org.jspecify.annotations.NullMarked;
