/** The command as a whole: what people and scripts see of it. */
@NullMarked
package io.modeldepot.cli;

import org.jspecify.annotations.NullMarked;
