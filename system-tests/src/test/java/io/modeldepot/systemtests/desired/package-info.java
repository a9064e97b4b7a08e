/** What should be, as a file: every command of its page, run by the whole system. */
@NullMarked
package io.modeldepot.systemtests.desired;

import org.jspecify.annotations.NullMarked;
