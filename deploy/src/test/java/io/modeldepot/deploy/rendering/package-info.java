/**
 * Makes manifests of the chart, by Helm's own library, and of kustomizations, by kubectl where
 * there is one. Nothing here asks a cluster or the network.
 */
@NullMarked
package io.modeldepot.deploy.rendering;

import org.jspecify.annotations.NullMarked;
