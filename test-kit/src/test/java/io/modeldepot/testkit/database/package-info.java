/** The kit's own promises, tested with the real engines. */
@NullMarked
package io.modeldepot.testkit.database;

import org.jspecify.annotations.NullMarked;
