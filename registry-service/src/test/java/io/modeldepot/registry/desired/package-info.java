/** What should be, by REST, with the real database and broker. */
@NullMarked
package io.modeldepot.registry.desired;

import org.jspecify.annotations.NullMarked;
