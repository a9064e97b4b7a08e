/** What is due, and when. */
@NullMarked
package io.modeldepot.janitor.schedule;

import org.jspecify.annotations.NullMarked;
