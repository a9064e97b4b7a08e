/**
 * Bends good inputs until a parser that faces outsiders does what it should not: throws what it
 * does not document, takes too long or takes too much memory. Everything is drawn from one seed, so
 * that a run repeats; inputs that made the parser say something new are bent further. What breaks a
 * parser is kept as a file that can be given to it again. Used by tests alone.
 */
@NullMarked
package io.modeldepot.fuzz;

import org.jspecify.annotations.NullMarked;
