/** What is told of the use of models, over a real broker and database. */
@NullMarked
package io.modeldepot.registry.use;

import org.jspecify.annotations.NullMarked;
