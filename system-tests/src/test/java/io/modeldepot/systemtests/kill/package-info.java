/**
 * A downloader that is killed with -9 again and again, wherever it happens to be. What it had
 * fetched and journaled is not fetched again, and the model is right in the end.
 */
@NullMarked
package io.modeldepot.systemtests.kill;

import org.jspecify.annotations.NullMarked;
