/** What goes and what stays: by single cases, and by random histories on a real volume. */
@NullMarked
package io.modeldepot.janitor.cleanup;

import org.jspecify.annotations.NullMarked;
