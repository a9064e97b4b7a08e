/**
 * Writes down the contract from the records: a JSON Schema per topic, the AsyncAPI document and the
 * page {@code docs/events.md}; and holds the committed documents and examples to the records.
 *
 * <p>{@code make docs} writes the documents anew; the tests here compare.
 */
@NullMarked
package io.modeldepot.events.contract;

import org.jspecify.annotations.NullMarked;
