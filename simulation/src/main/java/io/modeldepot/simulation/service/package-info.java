/**
 * The services of a site as they live in the simulated world: the downloader's and the janitor's
 * own classes behind doors, and small stand-ins for the hub, the registry and the operator.
 */
@NullMarked
package io.modeldepot.simulation.service;

import org.jspecify.annotations.NullMarked;
