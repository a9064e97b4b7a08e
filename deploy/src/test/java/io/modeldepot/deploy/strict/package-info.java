/**
 * Reads manifests into the published types and refuses what a type does not have: a misspelt field
 * is an error here and silence in a cluster.
 */
@NullMarked
package io.modeldepot.deploy.strict;

import org.jspecify.annotations.NullMarked;
