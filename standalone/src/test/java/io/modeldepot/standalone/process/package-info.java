/** The whole depot as a process, with services that only pretend to be ready. */
@NullMarked
package io.modeldepot.standalone.process;

import org.jspecify.annotations.NullMarked;
