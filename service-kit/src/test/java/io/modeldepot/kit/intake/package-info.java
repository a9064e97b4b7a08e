/** What this room promises, tested with a real broker where one is involved. */
@NullMarked
package io.modeldepot.kit.intake;

import org.jspecify.annotations.NullMarked;
