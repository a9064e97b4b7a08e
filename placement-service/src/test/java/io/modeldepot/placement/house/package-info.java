/** The whole service against a real broker: events in, decisions and answers out. */
@NullMarked
package io.modeldepot.placement.house;

import org.jspecify.annotations.NullMarked;
