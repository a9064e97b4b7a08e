/**
 * A directory with models.yaml files that is watched: a mounted ConfigMap, a git checkout. In
 * order: it is read whole ({@code Directory}), again after a while, and what two looks in
 * succession agree on and was not seen before is compared and carried out ({@code FolderWatch}).
 * What is wrong is told in the log and in the status, and what was carried out last stays.
 */
@NullMarked
package io.modeldepot.registry.desired.folder;

import org.jspecify.annotations.NullMarked;
