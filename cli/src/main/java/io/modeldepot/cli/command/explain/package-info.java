/**
 * Why something is as it is: {@link io.modeldepot.cli.command.explain.Explain} finds out what a
 * word means (a problem's code, a model, a GPU, a download, a backup), and a story tells it: what
 * it is, why, since when, and the command that goes on from there. Codes need nothing running;
 * everything else asks the registry, and nothing is changed.
 */
@NullMarked
package io.modeldepot.cli.command.explain;

import org.jspecify.annotations.NullMarked;
