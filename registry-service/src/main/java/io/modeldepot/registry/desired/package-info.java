/**
 * What should be, as a text: models.yaml. In order: a document is read ({@code document}), compared
 * with what is ({@code difference}), shown, and carried out by {@code CarryingOut} through the
 * doors that single commands use, in one transaction: the same rows, audit entries and events.
 * {@code DesiredStateResource} is its door by REST, {@code folder} a directory that is watched.
 * Nothing is taken back unless it is asked for, and nothing is ever deleted here.
 */
@NullMarked
package io.modeldepot.registry.desired;

import org.jspecify.annotations.NullMarked;
