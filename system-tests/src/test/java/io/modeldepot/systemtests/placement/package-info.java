/**
 * Where models are placed, with placement services as processes: the decision after a download, a
 * leader that is killed or falls asleep, a GPU that is lost, all seen through the registry's door
 * and the operator's command.
 */
@NullMarked
package io.modeldepot.systemtests.placement;

import org.jspecify.annotations.NullMarked;
