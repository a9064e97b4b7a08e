/**
 * Where models are placed, with placement services as processes: the decision after a download, a
 * leader that is killed or falls asleep, a GPU that is lost, all seen through the registry's door
 * and the operator's command. And what follows for inference servers: a repository on the volume, a
 * load, an unload, and asking again a server that was away; the server is the test kit's.
 */
@NullMarked
package io.modeldepot.systemtests.placement;

import org.jspecify.annotations.NullMarked;
