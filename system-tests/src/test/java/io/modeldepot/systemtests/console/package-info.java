/**
 * The console in a real browser, at a desk's and a telephone's width: every page by a user's path,
 * looked at by axe, photographed, and with nothing in the browser's own console. The photographs
 * lie under {@code target/console}.
 */
@NullMarked
package io.modeldepot.systemtests.console;

import org.jspecify.annotations.NullMarked;
