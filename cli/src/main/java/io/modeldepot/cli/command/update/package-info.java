/**
 * What would change before it is fetched. In order: the hub is looked at by a plan, which fetches
 * nothing but small text files; the registry compares; the difference is told in words; what the
 * person agrees to is an ordinary download.
 */
@NullMarked
package io.modeldepot.cli.command.update;

import org.jspecify.annotations.NullMarked;
