/** What operators are woken by. */
@NullMarked
package io.modeldepot.janitor.alerts;

import org.jspecify.annotations.NullMarked;
