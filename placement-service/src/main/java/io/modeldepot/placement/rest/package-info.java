/**
 * What can be asked of placement, by the registry's door: GPUs, decisions, fit, and plans that are
 * not in force. Reads what the other rooms know and writes nothing: to apply a plan is a command
 * like any other.
 */
@NullMarked
package io.modeldepot.placement.rest;

import org.jspecify.annotations.NullMarked;
