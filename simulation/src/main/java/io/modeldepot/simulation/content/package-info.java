/**
 * What there is to be had: repositories whose bytes follow from their names, so that whoever checks
 * knows what every file has to be without asking the product.
 */
@NullMarked
package io.modeldepot.simulation.content;

import org.jspecify.annotations.NullMarked;
